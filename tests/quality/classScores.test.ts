// What is told from class probabilities, against numbers worked out by hand.
import { describe, expect, it } from 'vitest';
import {
  classShares,
  coveredClasses,
  inceptionScore,
  klDivergence,
  likeliestClasses,
  meanConfidence,
} from '../../src/quality/classScores.ts';

const sure = (...classes: number[]) =>
  Float32Array.from(classes.flatMap((c) => [0, 1, 2].map((k) => (k === c ? 1 : 0))));

describe('the classes of images', () => {
  it('are the most likely ones, the first of equals', () => {
    expect([...likeliestClasses(Float32Array.of(0.2, 0.5, 0.3, 0.4, 0.4, 0.2, 0.1, 0.1, 0.8), 3)]).toEqual([1, 0, 2]);
  });

  it('have shares that add up to 1, whatever lies beyond the classes', () => {
    expect(classShares(Uint8Array.of(0, 0, 2, 0, 9), 3)).toEqual([0.75, 0, 0.25]);
    expect(classShares(new Uint8Array(0), 3)).toEqual([0, 0, 0]);
  });

  it('are covered from the least share on', () => {
    expect(coveredClasses([0.02, 0.0199, 0.9601], 0.02)).toBe(2);
  });
});

describe('the divergence of class shares', () => {
  it('is what the formula says, and 0 for equals', () => {
    expect(klDivergence([0.5, 0.5], [0.25, 0.75], 1e-3)).toBeCloseTo(0.5 * Math.log(2) + 0.5 * Math.log(2 / 3), 12);
    expect(klDivergence([0.3, 0.7], [0.3, 0.7], 1e-3)).toBe(0);
    expect(klDivergence([1, 0], [0.5, 0.5], 1e-3)).toBeCloseTo(Math.log(2), 12);
  });

  it('stays finite where the real images lack a class', () => {
    expect(klDivergence([0, 1], [1, 0], 0.01)).toBeCloseTo(Math.log(1.01 / 0.01), 12);
  });
});

describe('confidence and inception score', () => {
  it('are the mean of the largest probabilities', () => {
    expect(meanConfidence(Float32Array.of(0.2, 0.5, 0.3, 0.75, 0.25, 0), 3)).toBeCloseTo(0.625, 6);
  });

  it('are 1 where all images look alike, as many as the classes where each is surely one', () => {
    expect(inceptionScore(sure(1, 1, 1), 3)).toBeCloseTo(1, 12);
    expect(inceptionScore(new Float32Array(30).fill(1 / 3), 3)).toBeCloseTo(1, 6);
    expect(inceptionScore(sure(0, 1, 2, 0, 1, 2), 3)).toBeCloseTo(3, 12);
    expect(inceptionScore(sure(0, 1), 3)).toBeCloseTo(2, 12);
  });

  it('falls with doubt: by hand', () => {
    // p(y) is (0.5, 0.5); each image has KL 0.9·ln 1.8 + 0.1·ln 0.2.
    const expected = Math.exp(0.9 * Math.log(1.8) + 0.1 * Math.log(0.2));
    expect(inceptionScore(Float32Array.of(0.9, 0.1, 0.1, 0.9), 2)).toBeCloseTo(expected, 6);
  });
});
