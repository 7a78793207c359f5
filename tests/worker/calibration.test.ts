// Calibration with a clock and trainers of the test's own: what is tried, how long it takes, and what it makes of the times.
import { describe, expect, it } from 'vitest';
import { GanvasError } from '../../src/config/errors.ts';
import { presets } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import type { BackendName, Measure } from '../../src/protocol/devices.ts';
import { type Bench, budgetMs, calibrate, extrapolate, measureStep } from '../../src/worker/calibration.ts';
import type { Candidate } from '../../src/worker/devices.ts';

/** Milliseconds of a step on a backend, and of its first one with a batch more. */
interface Pace {
  readonly step: (config: RunConfig) => number;
  readonly compile?: number;
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
  #current: BackendName = 'cpu';
  readonly #paces: Partial<Record<BackendName, Pace | Error>>;

  constructor(paces: Partial<Record<BackendName, Pace | Error>>) {
    this.#paces = paces;
  }

  now = () => this.time;
  pause = () => Promise.resolve();

  async start(name: BackendName): Promise<string> {
    this.started.push(name);
    const pace = this.#paces[name];
    // Starting is not measuring.
    this.time += 5_000;
    if (!pace || pace instanceof Error) throw pace ?? new Error(`${name} is not here.`);
    this.#current = name;
    return `${name}, started`;
  }

  trainer(config: RunConfig) {
    const pace = this.#paces[this.#current] as Pace;
    const backend = this.#current;
    let compiled = false;
    this.open += 1;
    const step = function* (this: FakeBench) {
      const ms = pace.step(config) + (compiled ? 0 : (pace.compile ?? 0));
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

function measureOnce(pace: Pace, limitMs: number, config = light.config) {
  const bench = new FakeBench({ cpu: pace });
  return measureStep(config, bench, limitMs, () => false).then((ms) => ({ ms, bench }));
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
    expect(bench.steps.map(({ batch }) => batch)).toEqual([4, 4, 16, 16]);
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

const candidate = (name: BackendName, change: Partial<Candidate> = {}): Candidate => ({
  name,
  available: true,
  emulated: false,
  detail: name,
  ...change,
});
const emulated = { emulated: true };
const absent = { available: false };

async function run(
  candidates: Candidate[],
  paces: Partial<Record<BackendName, Pace | Error>>,
  measure: Measure = 'again',
) {
  const bench = new FakeBench(paces);
  const tried: BackendName[] = [];
  const found = await calibrate(candidates, { measure, onTrying: (name) => tried.push(name) }, bench);
  return { found, bench, tried };
}

describe('calibration', () => {
  const withGpu = [candidate('webgpu'), candidate('webgl'), candidate('wasm'), candidate('cpu')];
  const without = [candidate('webgpu', absent), candidate('webgl', emulated), candidate('wasm'), candidate('cpu')];

  it('tries the real devices, within the budget, and plain JavaScript only where nothing else works', async () => {
    const { found, bench, tried } = await run(withGpu, {
      webgpu: slowly(0.02, 5, 150),
      webgl: slowly(0.04, 8, 150),
      wasm: slowly(6, 40),
    });
    expect(tried).toEqual(['wasm', 'webgpu', 'webgl']);
    expect(bench.time - 3 * 5_000).toBeLessThan(3_000);
    expect(found?.map(({ name, passed, why }) => [name, passed, why])).toEqual([
      ['webgpu', true, null],
      ['webgl', true, null],
      ['wasm', true, null],
      ['cpu', null, 'not tried: very slow'],
    ]);
    const [webgpu, , wasm] = found ?? [];
    expect(webgpu?.detail).toBe('webgpu, started');
    expect(webgpu?.msPerStep.light).toBeCloseTo(5 + 0.02 * 64, 5);
    expect(webgpu?.msPerStep.tutorial).toBeCloseTo(5 + 0.02 * 256 * 4, 5);
    expect(wasm?.msPerStep.light).toBeCloseTo(40 + 6 * 64, 5);
    expect(bench.open).toBe(0);
  });

  it('does not try what is emulated, and says why', async () => {
    const { found, tried } = await run(without, { wasm: slowly(6), webgl: slowly(600) });
    expect(tried).toEqual(['wasm']);
    expect(found?.slice(0, 2).map(({ passed, why }) => [passed, why])).toEqual([
      [null, 'not in this browser'],
      [null, 'not tried: emulated in software'],
    ]);
  });

  it('tries it where WASM fails, and then JavaScript', async () => {
    const failure = new GanvasError('wrong-accelerator', 'Zeros.');
    expect(await run(without, { wasm: failure, webgl: slowly(60) })).toMatchObject({
      tried: ['wasm', 'webgl'],
      found: [{}, { passed: true }, { passed: false, why: 'Zeros.' }, { passed: null }],
    });
    expect(await run(without, { wasm: failure, webgl: failure, cpu: slowly(6_000) })).toMatchObject({
      tried: ['wasm', 'webgl', 'cpu'],
      found: [{}, {}, {}, { passed: true, msPerStep: { light: null, tutorial: null } }],
    });
  });

  it('tries all there is when asked to', async () => {
    const { tried } = await run(without, { wasm: slowly(6), webgl: slowly(60), cpu: slowly(600) }, 'all');
    expect(tried).toEqual(['wasm', 'webgl', 'cpu']);
    expect(budgetMs).toBeLessThan(3_000);
  });

  it('ends early, and says nothing, when nobody wants to know any more', async () => {
    const bench = new FakeBench({ wasm: slowly(6), webgl: slowly(1), webgpu: slowly(1) });
    const controller = new AbortController();
    const options = { measure: 'again' as const, signal: controller.signal, onTrying: () => controller.abort() };
    expect(await calibrate(withGpu, options, bench)).toBeNull();
    expect(bench.started).toEqual(['wasm']);
    expect(bench.open).toBe(0);
  });
});
