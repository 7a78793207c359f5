// What numbers mean, all of a part's behind one button.
import { Fragment } from 'react';
import { inUseOf } from '../../page/state/store.ts';
import { QuestionMark } from '../components/Popover.tsx';
import { usePageState } from '../components/pageContext.ts';
import { useErrorWords } from '../words/useErrorWords.ts';
import { acceleratorWords } from './acceleratorWords.ts';
import styles from './Meanings.module.css';

export const meanings = {
  step: 'A step trains the discriminator once and the generator once; ½ is the step of one of them. The run ends after the last epoch’s last step.',
  epoch: 'An epoch is as many steps as it takes to go through as many images as the dataset has.',
  speed: 'How fast it trains here, over the last seconds.',
  left: 'How long the rest takes at this rate.',
  line: 'The line that the tutorial prints: epoch, step in the epoch, the discriminator’s loss and the generator’s, in nats. Both at 0.693 (ln 2) is a draw.',
  dataset: 'The images that count as real.',
} as const;

export function useAcceleratorMeaning(): string {
  const { device } = useErrorWords();
  return usePageState((state) => {
    const reason = inUseOf(state)?.reason;
    return reason ? device.reason(reason) : acceleratorWords(state);
  });
}

export function Meanings() {
  const accelerator = useAcceleratorMeaning();
  return (
    <Explanations
      title="What do these numbers mean?"
      items={[
        ['Step', meanings.step],
        ['Epoch', meanings.epoch],
        ['Steps/s', meanings.speed],
        ['Time left', meanings.left],
        ['>1, 2/937, d=…', meanings.line],
        ['Accelerator', accelerator],
        ['Dataset', meanings.dataset],
      ]}
    />
  );
}

interface ExplanationsProps {
  readonly title: string;
  readonly items: readonly (readonly [term: string, meaning: string])[];
}

export function Explanations({ title, items }: ExplanationsProps) {
  return (
    <QuestionMark title={title} width="middle">
      <dl className={styles.list}>
        {items.map(([term, meaning]) => (
          <Fragment key={term}>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </Fragment>
        ))}
      </dl>
    </QuestionMark>
  );
}
