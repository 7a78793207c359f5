// Marks: what happened at a step, once each, and few enough to keep.
import { describe, expect, it } from 'vitest';
import { type Mark, maxMarks, recognisableMark, withMark } from '../../src/config/marks.ts';
import { english } from '../../src/ui/words/en/index.ts';
import { sampleRecord } from '../page/runHistory/sampleRecord.ts';

const rates = (step: number, from: number, to: number): Mark => ({
  step,
  kind: 'rates',
  facts: { from: { discriminator: from, generator: 1 }, to: { discriminator: to, generator: 1 } },
});
const pause = (step: number): Mark => ({ step, kind: 'pause', facts: null });
const all = (...marks: Mark[]): readonly Mark[] => marks.reduce(withMark, [] as readonly Mark[]);

describe('marks', () => {
  it('are in the order of their steps, one of a kind at a step', () => {
    expect(all(pause(5), rates(2, 1, 2), pause(5), rates(5, 2, 3)).map(({ step, kind }) => `${step} ${kind}`)).toEqual([
      '2 rates',
      '5 pause',
      '5 rates',
    ]);
  });

  it('join changes of a learning rate at one step, and are none where it is back at what it was', () => {
    expect(all(rates(2, 1, 2), rates(2, 2, 3))).toEqual([rates(2, 1, 3)]);
    expect(all(rates(2, 1, 2), rates(2, 2, 1))).toEqual([]);
  });

  it('stay few: the oldest pauses go first', () => {
    const many = all(rates(0, 1, 2), ...Array.from({ length: maxMarks + 20 }, (_, i) => pause(i + 1)));
    expect(many).toHaveLength(maxMarks);
    expect([many[0]?.kind, many[1]?.step, many.at(-1)?.step]).toEqual(['rates', 22, maxMarks + 20]);
  });

  it('have the first recognisable measurement, once', () => {
    const { quality } = sampleRecord();
    const mark = recognisableMark([], quality);
    expect(mark).toEqual({ step: 3, kind: 'recognisable', facts: { seconds: 4 } });
    expect(recognisableMark(mark ? [mark] : [], quality)).toBeNull();
    expect(recognisableMark([], [])).toBeNull();
  });

  it('are said in sentences', () => {
    const said = [rates(2, 1, 2), pause(1_200), { step: 4, kind: 'recovery', facts: { lostAt: 9 } } as const];
    expect(said.map((mark) => english.marks.sentence(mark))).toEqual([
      'Step 2: discriminator’s learning rate 1 → 2.',
      'Step 1,200: paused.',
      'Step 4: recovered, after step 9 had been reached.',
    ]);
  });
});
