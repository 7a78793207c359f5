// When training ends by itself: the minutes of one press of Train, and measurements without a new lowest distance.
import { describe, expect, it } from 'vitest';
import type { QualityRow } from '../../src/config/quality.ts';
import { stopRuleProblem } from '../../src/config/stopping.ts';
import { Stopping } from '../../src/worker/run/stopping.ts';
import { TrainingClock } from '../../src/worker/run/trainingClock.ts';
import { sentenceOf } from '../support/sentence.ts';

const row = (frechet: number | null): QualityRow => ({
  step: 1,
  seconds: 1,
  diversity: 1,
  digits:
    frechet === null
      ? null
      : { classShares: [], covered: 10, divergence: 0, confidence: 0.9, inceptionScore: 8, frechet },
});

describe('stop rules', () => {
  it('never end training where there are none', () => {
    const stopping = new Stopping();
    for (const frechet of [5, 6, 7, 8]) stopping.measured(row(frechet));
    expect(stopping.reason(1e6)).toBeNull();
  });

  it('end it after the minutes of one press of Train, and give the next as many', () => {
    const stopping = new Stopping();
    stopping.choose({ minutes: 2, patience: null });
    stopping.begin(0);
    expect(stopping.reason(119.9)).toBeNull();
    expect(stopping.reason(120)).toBe('minutes');
    stopping.begin(120);
    expect(stopping.reason(239)).toBeNull();
    expect(stopping.reason(240)).toBe('minutes');
  });

  it('end it when measurements bring no new lowest distance, counted from the last that did', () => {
    const stopping = new Stopping();
    stopping.choose({ minutes: null, patience: 3 });
    stopping.begin(0);
    for (const frechet of [50, 55, 55, 40, 41, 42]) {
      stopping.measured(row(frechet));
      expect(stopping.reason(1)).toBeNull();
    }
    stopping.measured(row(40));
    expect(stopping.reason(1)).toBe('patience');
    // Another press of Train gives it as many more; the lowest stays what it was.
    stopping.begin(1);
    expect(stopping.reason(1)).toBeNull();
    for (const frechet of [41, 41]) stopping.measured(row(frechet));
    expect(stopping.reason(1)).toBeNull();
    stopping.measured(row(41));
    expect(stopping.reason(1)).toBe('patience');
  });

  it('count no measurement that has no distance', () => {
    const stopping = new Stopping();
    stopping.choose({ minutes: null, patience: 2 });
    for (let i = 0; i < 5; i++) stopping.measured(row(null));
    expect(stopping.reason(1)).toBeNull();
  });

  it('say what is wrong with a value', () => {
    const said = (...given: Parameters<typeof stopRuleProblem>) => {
      const problem = stopRuleProblem(...given);
      return problem && sentenceOf(problem);
    };
    expect(stopRuleProblem('minutes', null)).toBeNull();
    expect(stopRuleProblem('minutes', 0.5)).toBeNull();
    expect(said('minutes', 0)).toMatch(/from 0\.1 to 1440, or empty, not 0\.$/);
    expect(said('patience', 2.5)).toMatch(/whole number from 2 to 1000, or empty, not 2\.5\.$/);
    expect(said('patience', Number.NaN)).toMatch(/this is not a number/);
  });
});

describe('the training clock', () => {
  it('leaves pauses out', () => {
    const clock = new TrainingClock();
    expect(clock.at(500)).toBe(0);
    clock.start(1_000);
    clock.start(1_500);
    expect(clock.at(3_000)).toBe(2);
    clock.stop(4_000);
    clock.stop(5_000);
    expect(clock.at(9_000)).toBe(3);
    clock.start(10_000);
    expect(clock.at(11_000)).toBe(4);
  });
});
