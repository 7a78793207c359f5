// What Automatic chooses, what an error from the depths becomes, and how speed is measured.
import { describe, expect, it } from 'vitest';
import { GanvasError } from '../../src/config/errors.ts';
import type { BackendName, Measurement } from '../../src/protocol/devices.ts';
import { detail as detailWords, note } from '../../src/ui/words/en/device.ts';
import { chooseAutomatically } from '../../src/worker/device/choice.ts';
import { adapterName, deviceName } from '../../src/worker/device/devices.ts';
import { recall } from '../../src/worker/device/rememberedCalibration.ts';
import { Speed } from '../../src/worker/run/speed.ts';
import { classify } from '../../src/worker/shared/faults.ts';
import { reasonOf } from '../support/sentence.ts';

const all: readonly BackendName[] = ['webgpu', 'webgl', 'wasm', 'cpu'];

/** What is known of each backend: milliseconds of a step when it passed, why it failed, or null: not tried. */
type Known = Partial<Record<BackendName, number | string | null>>;

/** In the words of an earlier version of this page, which had sentences here. */
const failedWith = (text: string) => ({ note: 'text', text }) as const;

function measurements(known: Known, emulated: readonly BackendName[] = []): Measurement[] {
  return all.map((name) => {
    const of = known[name];
    return {
      name,
      detail: { on: 'device', name: `the ${name}` },
      emulated: emulated.includes(name),
      passed: typeof of === 'number' ? true : typeof of === 'string' ? false : null,
      why: typeof of === 'number' ? null : typeof of === 'string' ? failedWith(of) : { note: 'absent' },
      msPerStep:
        typeof of === 'number' && of > 0
          ? { quick: of, tutorial: 10 * of, light: of }
          : { quick: null, tutorial: null, light: null },
      msInTraining: { quick: null, tutorial: null, light: null },
    };
  });
}

/** A backend that passed, and whose speed nobody knows. */
const right = 0;

describe('Automatic', () => {
  it.each<[string, Known, BackendName[], BackendName, RegExp]>([
    ['a GPU', { webgl: right, wasm: right }, [], 'webgl', /has a GPU for WebGL/],
    ['a GPU that is faster', { webgl: 10, wasm: 40 }, [], 'webgl', /4\.0 times as fast here as WASM/],
    ['a GPU that is slower', { webgl: 50, wasm: 40 }, [], 'wasm', /1\.3 times as fast here as WebGL/],
    ['WebGPU a bit faster', { webgpu: 10, webgl: 11.9, wasm: 90 }, [], 'webgl', /WebGPU is not 1\.2 times as fast/],
    ['WebGPU much faster', { webgpu: 10, webgl: 12.1, wasm: 90 }, [], 'webgpu', /1\.2 times as fast here as WebGL/],
    ['WebGPU of unknown speed', { webgpu: right, webgl: 30, wasm: 90 }, [], 'webgl', /3\.0 times as fast/],
    ['WebGPU that fails', { webgpu: 'zeros', webgl: 30, wasm: 90 }, [], 'webgl', /3\.0 times as fast/],
    ['WebGL that fails', { webgl: 'zeros.', wasm: 90 }, [], 'wasm', /because WebGL failed: zeros\.$/],
    ['WebGPU alone', { webgpu: 30, webgl: null, wasm: 90 }, [], 'webgpu', /3\.0 times as fast here as WASM/],
    ['emulated WebGL', { webgl: null, wasm: 90 }, ['webgl'], 'wasm', /only emulated/],
    [
      'emulated WebGL, measured',
      { webgl: 900, wasm: 90, cpu: 9000 },
      ['webgl'],
      'wasm',
      /10\.0 times as fast .* WebGL/,
    ],
    ['emulated WebGPU, faster', { webgpu: 80, wasm: 90 }, ['webgpu'], 'webgpu', /1\.1 times as fast here as WASM/],
    ['WASM alone', { wasm: 90 }, [], 'wasm', /no usable WebGL/],
    ['emulated WebGL alone', { webgl: right }, ['webgl'], 'webgl', /no WebAssembly/],
    ['emulated WebGL, WASM that fails', { webgl: right, wasm: 'zeros' }, ['webgl'], 'webgl', /WASM failed: zeros/],
    ['a GPU too slow to time', { webgl: right, wasm: 90 }, [], 'wasm', /speed of WebGL is not known/],
    ['a GPU too slow to time, JavaScript timed', { webgl: right, cpu: 9000 }, [], 'webgl', /has a GPU for WebGL/],
    ['nothing but JavaScript', { cpu: right }, [], 'cpu', /neither WebGL nor WebAssembly/],
  ])('of %s', (_, known, emulated, name, reason) => {
    const chosen = chooseAutomatically(measurements(known, emulated));
    expect(chosen).toMatchObject({ name, detail: { on: 'device', name: `the ${name}` } });
    expect(reasonOf(chosen)).toMatch(reason);
    expect(reasonOf(chosen)).toMatch(/^Chosen because [^.]*(\d\.\d[^.]*)?\.$/);
  });

  it('says why a GPU was not timed', () => {
    const why = { note: 'too-slow', steps: 2, images: 4, seconds: 0.5 } as const;
    const slow = measurements({ webgl: right, wasm: 90 }).map((each) =>
      each.name === 'webgl' ? { ...each, why } : each,
    );
    const sentence = 'Chosen because WebGL is slow here: two steps with 4 images took more than 0.5 s.';
    expect(reasonOf(chooseAutomatically(slow))).toBe(sentence);
  });

  it('chooses nothing where nothing has passed', () => {
    expect(chooseAutomatically(measurements({ wasm: 'zeros' }))).toBeNull();
  });
});

describe('what the page has kept', () => {
  const kept = () => ({ device: 'this', measurements: measurements({ wasm: 40, webgl: 'zeros' }) });

  it('is taken as it was, through JSON', () => {
    expect(recall(JSON.parse(JSON.stringify(kept())), 'this')).toEqual(kept());
  });

  it('is taken as earlier versions of the page stored it: in words', () => {
    const { device, measurements: each } = kept();
    const earlier = each.map((one) => ({
      ...one,
      detail: `the ${one.name}`,
      why: one.name === 'webgl' ? 'Zeros.' : null,
    }));
    const recalled = recall({ device, measurements: earlier }, 'this')?.measurements ?? [];
    expect(recalled.map(({ detail }) => detailWords(detail))).toEqual([
      'the webgpu',
      'the webgl',
      'the wasm',
      'the cpu',
    ]);
    expect(recalled.map(({ why }) => why && note(why))).toEqual([null, 'Zeros.', null, null]);
  });

  it('is taken with why a backend has failed, and left alone where the page could make no sentence of that', () => {
    const because = (why: unknown) => recall(spoilt({ why }), 'this');
    const facts = { backend: 'wasm', network: 'generator', loss: 'not-a-number', expected: 0.7 };
    const why = { note: 'failed', cause: { code: 'self-test-loss', facts } };
    expect(because(why)?.measurements.find(({ name }) => name === 'wasm')?.why).toEqual(why);
    for (const cause of [
      { code: 'self-test-loss', facts: {} },
      { code: 'toString', facts: {} },
      { code: 'images-away', facts: {} },
      null,
    ]) {
      expect(because({ note: 'failed', cause })).toBeNull();
    }
  });

  it('would be taken with other times that a device could have', () => {
    const times = { quick: 0.02, light: 30, tutorial: 500_000 };
    expect(recall(spoilt({ msPerStep: times, msInTraining: times }), 'this')).not.toBeNull();
  });

  const spoilt = (change: object) => ({
    ...kept(),
    measurements: kept().measurements.map((each) => (each.name === 'wasm' ? { ...each, ...change } : each)),
  });

  it.each([
    null,
    'text',
    {},
    { ...kept(), device: 'another' },
    { ...kept(), measurements: 'none' },
    { ...kept(), measurements: kept().measurements.slice(1) },
    { ...kept(), measurements: [null, null, null, null] },
    spoilt({ name: 'toString' }),
    spoilt({ name: 'cpu' }),
    spoilt({ passed: 'yes' }),
    spoilt({ why: 3 }),
    spoilt({ msPerStep: null }),
    spoilt({ msPerStep: { light: 4 } }),
    spoilt({ msPerStep: { quick: 4, light: -4, tutorial: 4 } }),
    spoilt({ msPerStep: { quick: 4, light: '4', tutorial: 4 } }),
    spoilt({ msPerStep: { quick: 4, light: Number.NaN, tutorial: 4 } }),
    spoilt({ msPerStep: { quick: 4, light: 1e12, tutorial: 4 } }),
    spoilt({ msPerStep: { quick: 4, light: 1e-9, tutorial: 4 } }),
    spoilt({ msInTraining: undefined }),
    spoilt({ msInTraining: { quick: null, light: 1e12, tutorial: null } }),
  ])('is left alone unless it is whole and of this device: %j', (damaged) => {
    expect(recall(damaged, 'this')).toBeNull();
  });
});

describe('devices', () => {
  it('have short names', () => {
    expect(deviceName('ANGLE (NVIDIA, NVIDIA H200 (0x2335), OpenGL 4.5)')).toBe('NVIDIA H200');
    expect(deviceName('Mesa Intel(R) UHD Graphics 620')).toBe('Mesa Intel(R) UHD Graphics 620');
    const info = { vendor: 'nvidia', architecture: 'ampere', device: '', description: '' } as GPUAdapterInfo;
    expect(adapterName(info)).toBe('nvidia ampere');
    expect(adapterName({ ...info, description: 'NVIDIA H200' })).toBe('NVIDIA H200');
    expect(adapterName({ ...info, vendor: '', architecture: '' })).toBe('');
  });
});

describe('an error from the depths', () => {
  it.each([
    'Array buffer allocation failed',
    'WebAssembly.Memory.grow(): Out of memory',
    'Cannot enlarge memory arrays',
    'Unable to create WebGLTexture.',
    'Requested texture size [40000x40000] greater than WebGL maximum on this browser / GPU [16384x16384].',
  ])('is out-of-memory: %s', (message) => {
    expect(classify(new RangeError(message))).toMatchObject({ kind: 'out-of-memory' });
  });

  it('stays what it is otherwise', () => {
    const ours = new GanvasError('worker-crashed', { message: 'out of memory' });
    const theirs = new TypeError('x is undefined');
    expect(classify(ours)).toBe(ours);
    expect(classify(theirs)).toBe(theirs);
    expect(classify('text')).toBe('text');
  });
});

describe('speed', () => {
  it('is unknown until a step was measured, and leaves out the one that compiles', () => {
    const speed = new Speed();
    speed.start(0);
    expect(speed.stepsPerSecond).toBeNull();
    speed.stepEnded(4_000, false);
    expect(speed.stepsPerSecond).toBeNull();
    speed.stepEnded(4_500, true);
    expect(speed.stepsPerSecond).toBe(2);
  });

  it('follows the last five seconds', () => {
    const speed = new Speed();
    speed.start(0);
    for (let t = 1_000; t <= 10_000; t += 1_000) speed.stepEnded(t, true);
    for (let t = 10_100; t <= 20_000; t += 100) speed.stepEnded(t, true);
    expect(speed.stepsPerSecond).toBeCloseTo(10, 5);
  });

  it('is steady after twenty steps without a pause, of as many or of the whole window', () => {
    const speed = new Speed();
    speed.start(0);
    let now = 0;
    const take = (steps: number, ms: number) => {
      for (let i = 0; i < steps; i++) {
        now += ms;
        speed.stepEnded(now, true);
      }
    };
    take(19, 1_000);
    expect(speed.steadyMsPerStep).toBeNull();
    take(1, 1_000);
    expect(speed.steadyMsPerStep).toBeCloseTo(1_000, 5);
    take(20, 500);
    expect(speed.steadyMsPerStep).toBeCloseTo(500, 5);
    take(100, 50);
    expect(speed.steadyMsPerStep).toBeCloseTo(50, 5);
    speed.start(now);
    take(5, 10);
    expect(speed.steadyMsPerStep).toBeNull();
  });

  it('is known for steps slower than the window', () => {
    const speed = new Speed();
    speed.start(0);
    for (let t = 20_000; t <= 100_000; t += 20_000) speed.stepEnded(t, true);
    expect(speed.stepsPerSecond).toBeCloseTo(0.05, 5);
  });

  it('does not count a pause', () => {
    const speed = new Speed();
    speed.start(0);
    speed.stepEnded(1_000, true);
    speed.start(60_000);
    speed.stepEnded(61_000, true);
    expect(speed.stepsPerSecond).toBe(1);
  });
});
