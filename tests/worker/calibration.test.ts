// Calibration with a clock and trainers of the test's own: what is tried, how long it takes, and what it makes of the
// times.
import { describe, expect, it } from 'vitest';
import { GanvasError } from '../../src/config/errors.ts';
import { presets } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import type { BackendDetail, BackendName, BackendOffer, Measurement } from '../../src/protocol/devices.ts';
import { note } from '../../src/ui/words/en/device.ts';
import {
  type Bench,
  budgetMs,
  calibrate,
  extrapolate,
  measureStep,
  untried,
} from '../../src/worker/device/calibration.ts';

/** Milliseconds of a step on a backend, of its first one with a batch more, and what the machine adds to some. */
interface Pace {
  readonly step: (config: RunConfig) => number;
  readonly compile?: number;
  readonly hiccups?: readonly number[];
}

const slowly = (msPerImage: number, fixed = 0, compile = 0): Pace => ({
  step: ({ batch, filters }) => fixed + (msPerImage * batch * filters) / 32,
  compile,
});

class FakeBench implements Bench {
  time = 0;
  readonly started: BackendName[] = [];
  readonly steps: { backend: BackendName; batch: number; filters: number }[] = [];
  open = 0;
  #taken = 0;
  #current: BackendName = 'cpu';
  readonly #paces: Partial<Record<BackendName, Pace | Error>>;

  constructor(paces: Partial<Record<BackendName, Pace | Error>>) {
    this.#paces = paces;
  }

  now = () => this.time;
  pause = () => Promise.resolve();

  async start(name: BackendName): Promise<BackendDetail> {
    this.started.push(name);
    const pace = this.#paces[name];
    // Starting is not measuring.
    this.time += 5_000;
    if (!pace || pace instanceof Error) throw pace ?? new Error(`${name} is not here.`);
    this.#current = name;
    return { on: 'device', name: `${name}, started` };
  }

  trainer(config: RunConfig) {
    const pace = this.#paces[this.#current] as Pace;
    const backend = this.#current;
    let compiled = false;
    this.open += 1;
    const step = function* (this: FakeBench) {
      const { hiccups = [0] } = pace;
      const hiccup = hiccups[this.#taken++ % hiccups.length] ?? 0;
      const ms = pace.step(config) + (compiled ? 0 : (pace.compile ?? 0)) + hiccup;
      compiled = true;
      this.time += ms / 2;
      yield;
      this.time += ms / 2;
      this.steps.push({ backend, batch: config.batch, filters: config.filters });
    };
    return {
      trainStep: () => step.call(this),
      takeScores: async () => [],
      dispose: () => {
        this.open -= 1;
      },
    };
  }
}

const { light, tutorial } = presets;

function measureOnce(pace: Pace, limitMs: number, config = light.config, patienceMs = 0) {
  const bench = new FakeBench({ cpu: pace });
  return measureStep(config, bench, { limitMs, patienceMs }, () => false).then((ms) => ({ ms, bench }));
}

describe('a step', () => {
  it('is timed at the whole batch where that is quick, without what compiles', async () => {
    const { ms, bench } = await measureOnce(slowly(0.1, 5, 200), 2_000);
    expect(ms).toBeCloseTo(5 + 0.1 * 64, 5);
    expect(bench.steps.at(-1)?.batch).toBe(64);
    expect(bench.open).toBe(0);
  });

  it('is timed on a part of a slow batch, and told from what any step takes', async () => {
    const { ms, bench } = await measureOnce(slowly(8, 60), 2_000);
    expect(ms).toBeCloseTo(60 + 8 * 64, 5);
    expect([...new Set(bench.steps.map(({ batch }) => batch))]).toEqual([4, 16]);
  });

  it('is what it is although the machine does other things now and then', async () => {
    const hiccups = [0, 70, 0, 45, 0];
    const { ms, bench } = await measureOnce({ ...slowly(0.4, 10), hiccups }, 1_000);
    expect(ms).toBeCloseTo(10 + 0.4 * 64, 5);
    expect(bench.time).toBeLessThan(1_000 + 200);
  });

  it('takes no longer than it may, but for the piece of work that is under way', async () => {
    for (const pace of [slowly(1), slowly(30), slowly(3, 500), slowly(0.5, 1, 700)]) {
      for (const config of [light.config, tutorial.config]) {
        const { bench } = await measureOnce(pace, 1_000, config);
        const longest = pace.step({ ...config, batch: Math.max(4, ...bench.steps.map(({ batch }) => batch)) });
        expect(bench.time).toBeLessThan(1_000 + 2 * longest + (pace.compile ?? 0));
        expect(bench.open).toBe(0);
      }
    }
  });

  it('is unknown where there was no time for two', async () => {
    const { ms, bench } = await measureOnce(slowly(1_000), 2_000);
    expect(ms).toBeNull();
    expect(bench.open).toBe(0);
  });

  it('is known nevertheless where there is patience for two', async () => {
    const { ms, bench } = await measureOnce(slowly(1_000), 2_000, light.config, 5_000);
    expect(ms).toBeCloseTo(64_000, 5);
    expect(bench.steps.map(({ batch }) => batch)).toEqual([4, 4]);
    expect((await measureOnce(slowly(1_000), 2_000, light.config, 1_500)).ms).toBeNull();
  });

  it('of a larger batch lies on the line through two smaller ones, within bounds', () => {
    expect(extrapolate([], 64)).toBeNull();
    expect(extrapolate([{ batch: 4, ms: 10 }], 64)).toBe(160);
    const from = (before: number) =>
      extrapolate(
        [
          { batch: 4, ms: before },
          { batch: 16, ms: 100 },
        ],
        64,
      );
    expect(from(40)).toBe(100 + 5 * 48);
    // No better than half of proportion, no worse than proportion, whatever noise says.
    expect(from(300)).toBe(100 + 3.125 * 48);
    expect(from(1)).toBe(400);
  });
});

const candidate = (name: BackendName, change: Partial<BackendOffer> = {}): BackendOffer => ({
  name,
  available: true,
  emulated: false,
  detail: { on: 'device', name },
  ...change,
});
const emulated = { emulated: true };
const absent = { available: false };

async function run(
  candidates: BackendOffer[],
  paces: Partial<Record<BackendName, Pace | Error>>,
  measure: 'again' | 'all' = 'again',
  known: readonly Measurement[] = candidates.map(untried),
) {
  const bench = new FakeBench(paces);
  const tried: BackendName[] = [];
  const told: (readonly Measurement[])[] = [known];
  const done = await calibrate(
    candidates,
    {
      measure,
      known,
      onTrying: (name) => tried.push(name),
      onMeasured: (measurements) => told.push(measurements),
    },
    bench,
  );
  expect(done).toBe(true);
  return { found: told.at(-1) ?? [], told, bench, tried };
}

describe('calibration', () => {
  const withGpu = [candidate('webgpu'), candidate('webgl'), candidate('wasm'), candidate('cpu')];
  const without = [candidate('webgpu', absent), candidate('webgl', emulated), candidate('wasm'), candidate('cpu')];

  it('tries the real devices, within the budget, and JavaScript only where nothing else works', async () => {
    const { found, bench, tried } = await run(withGpu, {
      webgpu: slowly(0.02, 5, 40),
      webgl: slowly(0.04, 8, 40),
      wasm: slowly(6, 40),
    });
    expect(tried).toEqual(['wasm', 'webgpu', 'webgl']);
    expect(bench.time - 3 * 5_000).toBeLessThan(3_000);
    expect(found.map(({ name, passed, why }) => [name, passed, why && note(why)])).toEqual([
      ['webgpu', true, null],
      ['webgl', true, null],
      ['wasm', true, null],
      ['cpu', null, 'not tried: very slow'],
    ]);
    const [webgpu, , wasm] = found;
    expect(webgpu?.detail).toEqual({ on: 'device', name: 'webgpu, started' });
    expect(webgpu?.msPerStep.light).toBeCloseTo(5 + 0.02 * 64, 5);
    expect(webgpu?.msPerStep.tutorial).toBeCloseTo(5 + 0.02 * 256 * 4, 5);
    // There was time for four images only: no more than in proportion, no less than it is.
    expect(wasm?.msPerStep.light).toBeGreaterThan(40 + 6 * 64);
    expect(wasm?.msPerStep.light).toBeLessThanOrEqual(16 * (40 + 6 * 4));
    expect(bench.open).toBe(0);
  });

  it('does not try what is emulated, and says why', async () => {
    const { found, tried } = await run(without, { wasm: slowly(6), webgl: slowly(600) });
    expect(tried).toEqual(['wasm']);
    expect(found.slice(0, 2).map(({ passed, why }) => [passed, why && note(why)])).toEqual([
      [null, 'not in this browser'],
      [null, 'not tried: emulated in software'],
    ]);
  });

  it('tries it where WASM fails, and then JavaScript', async () => {
    const failure = new GanvasError('gpu-lost', {});
    expect(await run(without, { wasm: failure, webgl: slowly(60) })).toMatchObject({
      tried: ['wasm', 'webgl'],
      found: [
        {},
        { passed: true },
        { passed: false, why: { note: 'failed', cause: { code: 'gpu-lost' } } },
        { passed: null },
      ],
    });
    expect(await run(without, { wasm: failure, webgl: failure, cpu: slowly(20_000) })).toMatchObject({
      tried: ['wasm', 'webgl', 'cpu'],
      found: [
        {},
        {},
        {},
        {
          passed: true,
          why: { note: 'too-slow', steps: 2, images: 4, seconds: expect.closeTo(1.333, 3) },
          msPerStep: { light: null, tutorial: null },
        },
      ],
    });
  });

  it('tries all there is when asked to, and times even what is very slow', async () => {
    const { tried, found } = await run(without, { wasm: slowly(6), webgl: slowly(60), cpu: slowly(6_000) }, 'all');
    expect(tried).toEqual(['wasm', 'webgl', 'cpu']);
    expect(found.at(-1)?.msPerStep.light).toBeCloseTo(6_000 * 64, 5);
    expect(budgetMs).toBeLessThan(3_000);
  });

  it('tells each as soon as it is known, and leaves what it does not measure as it was', async () => {
    const before = (await run(without, { wasm: slowly(6), webgl: slowly(60), cpu: slowly(6_000) }, 'all')).found;
    const { told, found } = await run(without, { wasm: slowly(3) }, 'again', before);
    expect(told).toHaveLength(2);
    expect(found[2]?.msPerStep.light).toBeLessThan(before[2]?.msPerStep.light ?? 0);
    expect(found.filter(({ name }) => name !== 'wasm')).toEqual(before.filter(({ name }) => name !== 'wasm'));
    const all = await run(without, { wasm: slowly(6), webgl: slowly(60), cpu: slowly(6_000) }, 'all');
    expect(all.told.map((each) => each.filter(({ passed }) => passed === true).length)).toEqual([0, 1, 2, 3]);
  });

  it('ends early when nobody wants to know any more, and keeps what it knew by then', async () => {
    const bench = new FakeBench({ wasm: slowly(6), webgl: slowly(1), webgpu: slowly(1) });
    const controller = new AbortController();
    const told: (readonly Measurement[])[] = [];
    const done = await calibrate(
      withGpu,
      {
        measure: 'again',
        known: withGpu.map(untried),
        signal: controller.signal,
        onTrying: (name) => {
          if (name === 'webgpu') controller.abort();
        },
        onMeasured: (measurements) => told.push(measurements),
      },
      bench,
    );
    expect(done).toBe(false);
    expect(bench.started).toEqual(['wasm', 'webgpu']);
    expect(told.map((each) => each.filter(({ passed }) => passed === true).map(({ name }) => name))).toEqual([
      ['wasm'],
    ]);
    expect(bench.open).toBe(0);
  });
});
