// A fixed part of the fuzzer's campaign, the same in every run; and that the fuzzer finds what it is there to find.
import { describe, expect, it } from 'vitest';
import { inputOf } from './attempt.ts';
import { runCampaign } from './campaign.ts';
import { targets } from './targets.ts';

const names = targets.map(({ name }) => name);

describe('the fuzzer', () => {
  it('finds no input that a reader of the page does not read rightly or refuse in a sentence', async () => {
    const reports = await runCampaign({ inputs: 100 * targets.length, seed: 1, targets: names });
    expect(reports.flatMap(({ failures }) => failures)).toEqual([]);
    for (const { target, accepted, refused } of reports) {
      // Were all of one kind, the changes would be too wild or would change nothing.
      expect([target, accepted > 0, refused > 20, accepted + refused]).toEqual([target, true, true, 100]);
    }
  });

  it('makes the same input of the same seed, and others of others', () => {
    for (const target of targets) {
      const inputs = Array.from({ length: 12 }, (_, i) => Buffer.from(inputOf(target, 7, i)).toString('hex'));
      expect(inputs).toEqual(inputs.map((_, i) => Buffer.from(inputOf(target, 7, i)).toString('hex')));
      expect(new Set(inputs).size).toBeGreaterThan(9);
      expect(Buffer.from(inputOf(target, 8, 0)).toString('hex')).not.toBe(inputs[0]);
    }
  });

  it('finds each way in which a reader can be broken, and goes on after it', async () => {
    const ways: [string, RegExp][] = [
      ['breaks', /^It broke with TypeError: undefined is not a function\.$/],
      ['mumbles', /^This is no sentence: "no\\nsentence cannot be read\."\.$/],
      ['guesses', /^It was accepted and is not what it says: /],
      ['devours', /^It took \d+ bytes; \d+ are allowed\.$/],
      ['hangs', /^It was given up after 1000 ms\.$/],
      ['dies', /^It was (the end of its thread: .*memory|given up after).*\.$/],
    ];
    const table = new URL('./brokenTargets.ts', import.meta.url);
    const reports = await runCampaign({ inputs: 6, seed: 1, targets: ways.map(([name]) => name), table });
    for (const [i, [name, problem]] of ways.entries()) {
      expect(reports[i]?.failures).toEqual([{ target: name, input: 0, problem: expect.stringMatching(problem) }]);
    }
  });
});
