// English: what happened at a step of a run, as its curves mark it.
import type { Mark, Rates } from '../../../config/marks.ts';
import { format } from './format.ts';

const { count, duration, setting } = format;

/** Those that changed: 'generator’s learning rate 0.0001 → 0.0002'. */
function changed(from: Rates, to: Rates): string {
  const networks = (['discriminator', 'generator'] as const).filter((network) => from[network] !== to[network]);
  return networks
    .map((network) => `${network}’s learning rate ${setting(from[network])} → ${setting(to[network])}`)
    .join(', ');
}

function what(mark: Mark): string {
  switch (mark.kind) {
    case 'rates':
      return changed(mark.facts.from, mark.facts.to);
    case 'pause':
      return 'paused';
    case 'recovery':
      return mark.facts.lostAt > mark.step
        ? `recovered, after step ${count(mark.facts.lostAt)} had been reached`
        : 'recovered, with nothing lost';
    case 'recognisable':
      return `digits became recognisable, after ${duration(mark.facts.seconds)} of training`;
    default:
      return mark satisfies never;
  }
}

export const marks = {
  title: 'What happened on the way',
  sentence: (mark: Mark) => `Step ${count(mark.step)}: ${what(mark)}.`,
};
