// Which of the newest numbers are old news.
import { expect, it } from 'vitest';
import { staleSeries } from '../../src/page/state/staleSeries.ts';
import type { PageState } from '../../src/page/state/store.ts';

const stateOf = (alone: object | null) => ({ trainingStatus: { alone } }) as unknown as PageState;

it('what was measured before the other network learnt alone is old news, and nothing else', () => {
  expect(staleSeries({ trainingStatus: null } as PageState)).toEqual([]);
  expect(staleSeries(stateOf(null))).toEqual([]);
  expect(staleSeries(stateOf({ network: 'generator', halfSteps: 40 }))).toEqual([
    'discriminatorLoss',
    'accuracyReal',
    'accuracyFake',
  ]);
  expect(staleSeries(stateOf({ network: 'discriminator', halfSteps: 1 }))).toEqual(['generatorLoss']);
});
