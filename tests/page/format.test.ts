// Numbers as people read them.
import { describe, expect, it } from 'vitest';
import { capital, inSeconds, milliseconds, steps } from '../../src/page/state/format.ts';

describe('a step', () => {
  it('is counted as far as it is whole', () => {
    expect([steps(0, false), steps(12, false), steps(1_200, false)]).toEqual(['0', '12', '1,200']);
    expect([steps(1, true), steps(12, true), steps(1_201, true)]).toEqual(['½', '11½', '1,200½']);
  });
});

describe('a time', () => {
  it('has as many digits as it is good for', () => {
    expect([null, 0.42, 9.96, 31.4, 9_999].map(milliseconds)).toEqual(['–', '0.4', '10.0', '31', '9,999']);
    expect([null, 31.4, 2_345, 64_000].map(inSeconds)).toEqual(['–', '0.03', '2.3', '64']);
  });
});

it('sentences begin with a capital', () => {
  expect([capital('emulated in software'), capital('')]).toEqual(['Emulated in software', '']);
});
