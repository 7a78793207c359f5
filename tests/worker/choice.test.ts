// What Automatic chooses, what an error from the depths becomes, and how speed is measured.
import { describe, expect, it } from 'vitest';
import { GanvasError } from '../../src/config/errors.ts';
import type { BackendName, BackendOffer } from '../../src/protocol/messages.ts';
import { chooseAutomatically } from '../../src/worker/choice.ts';
import { classify } from '../../src/worker/faults.ts';
import { Speed } from '../../src/worker/speed.ts';

const offers = (...available: BackendName[]): BackendOffer[] =>
  (['webgl', 'wasm', 'cpu'] as const).map((name) => ({
    name,
    available: available.includes(name),
    detail: `the ${name}`,
  }));

describe('Automatic', () => {
  it.each([
    [['webgl', 'wasm', 'cpu'], true, 'webgl', /has a GPU/],
    [['webgl', 'wasm', 'cpu'], false, 'wasm', /only emulated/],
    [['wasm', 'cpu'], false, 'wasm', /no usable WebGL/],
    [['webgl', 'cpu'], false, 'webgl', /no WebAssembly/],
    [['cpu'], false, 'cpu', /neither/],
  ] as const)('of %j with a GPU: %s is %s', (available, hasGpu, name, reason) => {
    const chosen = chooseAutomatically(offers(...available), hasGpu);
    expect(chosen).toMatchObject({ name, detail: `the ${name}`, reason: expect.stringMatching(reason) });
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
    expect(classify(new RangeError(message))).toMatchObject({ code: 'out-of-memory' });
  });

  it('stays what it is otherwise', () => {
    const ours = new GanvasError('http', 'out of memory, says the server');
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
