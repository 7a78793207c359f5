// What is said of a run: recorded trainings, good and deliberately bad, replayed measurement by measurement, and
// made-up ones.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Finding, type FindingCode, findingCodes } from '../../src/config/findings.ts';
import { type DigitScores, type QualityRow, recognisable } from '../../src/config/quality.ts';
import { diagnose, type StepRow } from '../../src/quality/diagnosis.ts';
import { findings as words } from '../../src/ui/words/en/findings.ts';
import type { RecordedRun } from './recordedRun.ts';

const folder = resolve(import.meta.dirname, 'runs');
const runs = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, run: JSON.parse(readFileSync(resolve(folder, name), 'utf8')) as RecordedRun }));

const textOf = ({ code, facts }: Finding): string => words[code].text(facts);
const firstText = ([first]: readonly Finding[]): string | undefined => first && textOf(first);

/** What is said at each measurement, with as many recent steps as the worker keeps. */
function replay({ losses, rows, real }: RecordedRun, judged = true): { step: number; said: readonly Finding[] }[] {
  let said: readonly Finding[] = [];
  return rows.map(({ step }, i) => {
    const from = Math.max(0, step - 200);
    const recent = Array.from({ length: step - from }, (_, k): StepRow => {
      const at = (series: readonly number[]) => series[from + k] ?? Number.NaN;
      return {
        step: from + k + 1,
        discriminatorLoss: at(losses.discriminatorLoss),
        generatorLoss: at(losses.generatorLoss),
        accuracyReal: at(losses.accuracyReal),
        accuracyFake: at(losses.accuracyFake),
      };
    });
    const seen = rows.slice(0, i + 1).map((row) => (judged ? row : { ...row, digits: null }));
    said = diagnose(recent, seen, said, judged ? real : { ...real, digits: null });
    return { step, said };
  });
}

describe('recorded runs', () => {
  it('are there', () => {
    expect(runs.length).toBeGreaterThanOrEqual(6);
  });

  describe.each(runs)('$name', ({ run }) => {
    const told = replay(run);

    it('gets the finding that is right, all the time', () => {
      const wrong = run.expected.flatMap(({ code, from, to }) => {
        const during = told.filter(({ step }) => step >= from && step <= to);
        expect(during.length).toBeGreaterThan(3);
        return during
          .filter(({ said }) => said[0]?.code !== code)
          .map(({ step, said }) => ({ step, code, said: said[0] && textOf(said[0]) }));
      });
      expect(wrong).toEqual([]);
    });

    it('never gets one that is wrong', () => {
      const wrong = told.flatMap(({ step, said }) =>
        said.filter(({ code }) => run.never.includes(code)).map((finding) => ({ step, text: textOf(finding) })),
      );
      expect(wrong).toEqual([]);
    });

    it('gets sentences that stay for a while', () => {
      const changes = told.filter(({ said }, i) => i > 0 && said[0]?.code !== told[i - 1]?.said[0]?.code).length;
      expect(changes).toBeLessThanOrEqual(Math.ceil(told.length / 4));
    });

    it('gets whole sentences, with or without a judge of digits', () => {
      for (const { said } of [...told, ...replay(run, false)]) {
        expect(said.length).toBeGreaterThan(0);
        expect(new Set(said.map(({ code }) => code)).size).toBe(said.length);
        for (const finding of said) {
          const text = textOf(finding);
          for (const sentence of [text, words[finding.code].advice]) expect(sentence).toMatch(/^[A-Z\d].+\.$/);
          expect(text).not.toMatch(/NaN|undefined|Infinity|null/);
        }
      }
    });
  });

  it.each(['quick', 'unseen'])('are followed to their good end: %s', (name) => {
    const run = runs.find((each) => each.name === `${name}.json`)?.run;
    const told = run ? replay(run) : [];
    const good = told.filter(({ said }) => said[0]?.code === 'good-enough');
    const [first] = good;
    const frechet = run?.rows.find(({ step }) => step === first?.step)?.digits?.frechet;
    expect(good.length).toBeGreaterThan(4);
    expect(first?.said[0]?.tone).toBe('good');
    expect(firstText(first?.said ?? [])).toMatch(/^Good enough to stop: 10 of 10/);
    expect(frechet).toBeLessThan(recognisable.frechet);
    // Nothing but better and better before, and good from then on.
    expect(new Set(told.slice(3).map(({ said }) => said[0]?.code))).toEqual(new Set(['improving', 'good-enough']));
  });

  it('are told apart without a judge too, where it matters', () => {
    const last = (name: string) => {
      const run = runs.find((each) => each.name === `${name}.json`)?.run;
      return (
        run &&
        replay(run, false)
          .at(-1)
          ?.said.map(({ code }) => code)
      );
    };
    expect(last('discriminator-strong')).toEqual(['discriminator-strong']);
    expect(last('discriminator-weak')).toEqual(['discriminator-weak']);
    expect(last('collapse')).toEqual(['low-diversity']);
    expect(last('small')).toEqual(['unjudged']);
  });
});

/** All ten digits as often. */
const even = new Array<number>(10).fill(0.1);
const scores = (frechet: number, more: Partial<DigitScores> = {}): DigitScores => ({
  classShares: even,
  covered: 10,
  divergence: 0,
  confidence: 0.9,
  inceptionScore: 9,
  frechet,
  ...more,
});
/** Measurements every 50 steps, the last at step 1,000. */
const measured = (frechet: readonly number[], more: Partial<DigitScores> = {}, diversity = 1): QualityRow[] =>
  frechet.map((value, i) => {
    const step = 1_000 - 50 * (frechet.length - 1 - i);
    return { step, seconds: step / 10, digits: scores(value, more), diversity };
  });
const fair: StepRow = {
  step: 1,
  discriminatorLoss: 0.69,
  generatorLoss: 0.7,
  accuracyReal: 0.5,
  accuracyFake: 0.5,
};
const steps = (change: (i: number) => Partial<StepRow> = () => ({})): StepRow[] =>
  Array.from({ length: 100 }, (_, i) => ({ ...fair, step: 901 + i, ...change(i) }));
const told = (
  rows: readonly QualityRow[],
  recent: readonly StepRow[] = steps(),
  before: readonly FindingCode[] = [],
): string[] => {
  const said = before.map((code) => ({ code }));
  return diagnose(recent, rows, said).map(({ code }) => code);
};
const falling = Array.from({ length: 12 }, (_, i) => 300 * 0.9 ** i);
const flat = (value: number) => Array.from({ length: 12 }, (_, i) => value * (i % 2 ? 1.02 : 0.98));

describe('a diagnosis', () => {
  it('waits for four measurements, and longer before it says anything bad', () => {
    expect(told([])).toEqual(['too-early']);
    expect(told(measured(falling.slice(0, 3)))).toEqual(['too-early']);
    expect(told(measured(falling.slice(0, 4)))).toEqual(['improving']);
    expect(told(measured(flat(300).slice(0, 6)))).toEqual(['too-early']);
    const early = measured(flat(300)).map((row) => ({ ...row, step: row.step / 4 }));
    expect(told(early)).toEqual(['too-early']);
    expect(told(measured(flat(300)))).toEqual(['generator-stuck']);
  });

  it('condemns no accuracies while the digits get better', () => {
    const swinging = steps((i) => ({ accuracyReal: i % 2 ? 0.04 : 0.98, accuracyFake: i % 3 ? 0.98 : 0.04 }));
    const winning = steps(() => ({ accuracyReal: 1, accuracyFake: 1, generatorLoss: 6, discriminatorLoss: 0.01 }));
    const losing = steps(() => ({ accuracyReal: 0.5, accuracyFake: 0, generatorLoss: 0.3, discriminatorLoss: 1 }));
    for (const recent of [swinging, winning, losing]) expect(told(measured(falling), recent)).toEqual(['improving']);
    // Nor when they are good.
    for (const recent of [swinging, winning, losing]) expect(told(measured(flat(30)), recent)).toEqual(['good-enough']);
    // And no loss either, of half-steps that were not taken.
    const none = steps(() => ({ generatorLoss: Number.NaN, accuracyReal: Number.NaN, accuracyFake: Number.NaN }));
    expect(told(measured(flat(300)), none)).toEqual(['generator-stuck']);
    expect(told(measured(flat(300)), [])).toEqual(['generator-stuck']);
  });

  it('says at once that losses have blown up, and stays with it until they are sane', () => {
    const wild = steps(() => ({ discriminatorLoss: 40, generatorLoss: 12_345 }));
    expect(told(measured([300]), wild)).toEqual(['blown-up']);
    expect(firstText(diagnose(wild, measured([300]), []))).toMatch(/: discriminator 40, generator 12,345, where/);
    expect(told(measured(flat(40)), wild)).toEqual(['blown-up']);
    const half = steps(() => ({ discriminatorLoss: Number.NaN, generatorLoss: 500 }));
    expect(firstText(diagnose(half, measured([300]), []))).toMatch(/: discriminator —, generator 500, where/);
    const calming = steps(() => ({ discriminatorLoss: 4, generatorLoss: 0.7 }));
    expect(told(measured([300]), calming, ['blown-up'])).toEqual(['blown-up']);
    expect(told(measured([300]), calming)).toEqual(['too-early']);
    // A discriminator that always wins is another matter.
    const winning = steps(() => ({ accuracyReal: 1, accuracyFake: 1, generatorLoss: 30, discriminatorLoss: 0 }));
    expect(told(measured(flat(300)), winning, ['blown-up'])).toEqual(['discriminator-strong']);
  });

  it('names the network that wins, where the digits do not get better', () => {
    const winning = steps(() => ({ accuracyReal: 1, accuracyFake: 0.99, generatorLoss: 6, discriminatorLoss: 0.01 }));
    expect(told(measured(flat(300)), winning)).toEqual(['discriminator-strong']);
    const losing = steps(() => ({ accuracyReal: 0.5, accuracyFake: 0, generatorLoss: 0.3, discriminatorLoss: 1 }));
    expect(told(measured(flat(300)), losing)).toEqual(['discriminator-weak']);
  });

  it('names the digits that are missing, and calls three of them a collapse', () => {
    const without = (...missing: number[]) => ({
      classShares: even.map((_, digit) => (missing.includes(digit) ? 0.01 : 0.1)),
    });
    expect(told(measured(flat(100), without(4, 7)))).toEqual(['missing-digits']);
    expect(told(measured(flat(100), without(1, 4, 7)))).toEqual(['mode-collapse']);
    const one = diagnose(steps(), measured(flat(100), without(4)), []);
    expect(firstText(one)).toBe('9 of 10 digits: hardly any 4 (below 2% of the samples).');
    const three = diagnose(steps(), measured(flat(100), without(1, 4, 7)), []);
    expect(firstText(three)).toMatch(/hardly any 1, 4 or 7 .* 7 of 10 digits are left/);
    const most = diagnose(steps(), measured(flat(100), without(0, 1, 2, 4, 5, 6, 7, 9)), []);
    expect(firstText(most)).toBe(
      'Mode collapse: hardly anything but 3 and 8; the other digits are each below 2% of the samples.',
    );
    const all = diagnose(steps(), measured(flat(100), without(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)), []);
    expect(firstText(all)).toMatch(/others at each measurement/);
    expect(told(measured(flat(100), without(1, 4, 7), 0.2))).toEqual(['mode-collapse', 'low-diversity']);
    expect(told(measured(flat(100), {}, 0.2))).toEqual(['low-diversity']);
  });

  it('tells a plateau from swings, from getting worse, and from good enough', () => {
    expect(told(measured(flat(90)))).toEqual(['plateau']);
    const swings = Array.from({ length: 12 }, (_, i) => (i % 2 ? 80 : 110));
    expect(told(measured(swings))).toEqual(['fluctuating']);
    expect(told(measured([50, 50, 50, 70, 75, 80, 80, 85, 85, 90, 90, 90], { confidence: 0.7 }))).toEqual([
      'worsening',
    ]);
    expect(told(measured(flat(40)))).toEqual(['good-enough']);
    expect(told(measured(flat(40), { confidence: 0.8 }))).toEqual(['plateau']);
  });

  it('goes on while recognisable digits still get better, unless they are as good as real ones', () => {
    const rows = measured(falling.map((value) => value / 6));
    expect(told(rows)).toEqual(['improving']);
    const real = { digits: scores(6), diversity: 1 };
    expect(diagnose(steps(), rows, [], real)[0]).toMatchObject({ code: 'good-enough', tone: 'good' });
    expect(firstText(diagnose(steps(), rows, [], real))).toMatch(/Fréchet distance of 1\d \(real images: 6\.0\)/);
  });

  it('keeps to what it has said in between', () => {
    // Above the line, and below it by less than the margin.
    expect(told(measured(flat(48)))).toEqual(['plateau']);
    expect(told(measured(flat(48)), steps(), ['good-enough'])).toEqual(['good-enough']);
    expect(told(measured(flat(70)), steps(), ['good-enough'])).toEqual(['plateau']);
    expect(told(measured(flat(115)))).toEqual(['plateau']);
    expect(told(measured(flat(115)), steps(), ['generator-stuck'])).toEqual(['generator-stuck']);
    const slowly = Array.from({ length: 12 }, (_, i) => 200 * 0.992 ** i);
    expect(told(measured(slowly))).toEqual(['generator-stuck']);
    expect(told(measured(slowly), steps(), ['improving'])).toEqual(['improving']);
    // A generator that creeps under a discriminator that has won has not recovered.
    const creeping = Array.from({ length: 12 }, (_, i) => 300 * 0.98 ** i);
    const winning = steps(() => ({ accuracyReal: 1, accuracyFake: 1, generatorLoss: 6 }));
    expect(told(measured(creeping), winning, ['discriminator-strong'])).toEqual(['discriminator-strong']);
    expect(told(measured(falling), winning, ['discriminator-strong'])).toEqual(['improving']);
  });

  it('is not moved by one measurement that is off', () => {
    const off = flat(40);
    off[11] = 200;
    expect(told(measured(off))).toEqual(['good-enough']);
  });

  it('has words for every code', () => {
    expect(Object.keys(words).sort()).toEqual([...findingCodes].sort());
  });
});
