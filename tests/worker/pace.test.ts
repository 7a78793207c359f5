// The two paces, with a device and a clock that the test holds in its hands.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultPace } from '../../src/protocol/pace.ts';
import { Pacer } from '../../src/worker/run/pace.ts';
import { type Device, type GathersCommands, webGlDevice, webGpuDevice } from '../../src/worker/shared/gpuQueue.ts';
import { settle } from '../support/fakeWorker.ts';

vi.mock('../../src/worker/shared/yieldToMessages.ts', () => ({ yieldToMessages: () => Promise.resolve() }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A device that finishes its marks when told to. */
function handDevice() {
  const finish: (() => void)[] = [];
  let marks = 0;
  const device: Device = {
    mark() {
      marks += 1;
      const done = new Promise<void>((resolve) => finish.push(resolve));
      return () => done;
    },
  };
  return { device, marks: () => marks, finish: () => finish.shift()?.() };
}

/** Whether a promise has resolved by now. */
async function isDone(promise: Promise<void>): Promise<boolean> {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  await settle();
  return done;
}

describe('the pace of a backend by itself', () => {
  it('is smooth on a GPU and full on the processor', () => {
    expect(defaultPace('webgl')).toBe('smooth');
    expect(defaultPace('wasm')).toBe('full');
    expect(defaultPace('cpu')).toBe('full');
    const pacer = new Pacer();
    pacer.use('webgl', handDevice().device);
    expect(pacer.pace).toBe('smooth');
    pacer.use('wasm', null);
    expect(pacer.pace).toBe('full');
  });

  it('gives way to what was chosen, on any backend', () => {
    const pacer = new Pacer();
    pacer.choose('full');
    pacer.use('webgl', handDevice().device);
    expect(pacer.pace).toBe('full');
  });
});

describe('on a GPU', () => {
  it('smooth waits until the device has done a piece before the next goes out', async () => {
    const pacer = new Pacer();
    const { device, marks, finish } = handDevice();
    pacer.use('webgl', device);
    for (let piece = 1; piece <= 3; piece++) {
      const after = pacer.afterPart();
      vi.advanceTimersByTime(12);
      expect(await isDone(after)).toBe(false);
      expect(marks()).toBe(piece);
      finish();
      expect(await isDone(after)).toBe(true);
    }
  });

  it('smooth puts so many small parts together as fit in a piece', async () => {
    const pacer = new Pacer();
    const { device, marks, finish } = handDevice();
    pacer.use('webgl', device);
    const part = async (ms: number) => {
      const before = marks();
      const after = pacer.afterPart();
      vi.advanceTimersByTime(ms);
      if (marks() > before) finish();
      await after;
    };
    for (let i = 0; i < 60; i++) await part(2);
    // Five parts of 2 ms are 10 ms: once it knows how long a part takes, every fifth one is waited for.
    expect(marks()).toBeGreaterThanOrEqual(12);
    expect(marks()).toBeLessThanOrEqual(16);
    // Parts that grow long are pieces of their own again, soon.
    for (let i = 0; i < 12; i++) await part(30);
    const known = marks();
    for (let i = 0; i < 5; i++) await part(30);
    expect(marks()).toBe(known + 5);
  });

  it('full speed goes on while the device is services, but never by more than a few parts', async () => {
    const pacer = new Pacer();
    const { device, marks, finish } = handDevice();
    pacer.choose('full');
    pacer.use('webgl', device);
    const part = () => {
      vi.advanceTimersByTime(12);
      return pacer.afterPart();
    };
    // 60 ms of parts that take 12 ms each.
    let after = part();
    while (await isDone(after)) {
      expect(marks()).toBeLessThan(10);
      after = part();
    }
    expect(marks()).toBe(6);
    finish();
    expect(await isDone(after)).toBe(true);
    expect(await isDone(part())).toBe(false);
  });

  it('full speed bounds the queue also where parts take next to nothing to send', async () => {
    const pacer = new Pacer();
    const { device, marks } = handDevice();
    pacer.choose('full');
    pacer.use('webgl', device);
    while (await isDone(pacer.afterPart())) expect(marks()).toBeLessThan(20);
  });
});

describe('on the processor', () => {
  it('smooth rests for a quarter of what a part took, full speed never', async () => {
    const pacer = new Pacer();
    pacer.use('wasm', null);
    vi.advanceTimersByTime(80);
    expect(await isDone(pacer.afterPart())).toBe(true);
    pacer.choose('smooth');
    pacer.begin();
    vi.advanceTimersByTime(80);
    const after = pacer.afterPart();
    vi.advanceTimersByTime(19);
    expect(await isDone(after)).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await isDone(after)).toBe(true);
  });

  it('never rests so long that a press would have to wait', async () => {
    const pacer = new Pacer();
    pacer.choose('smooth');
    pacer.use('cpu', null);
    vi.advanceTimersByTime(60_000);
    const after = pacer.afterPart();
    vi.advanceTimersByTime(250);
    expect(await isDone(after)).toBe(true);
  });
});

describe('a mark', () => {
  it('on WebGL is a fence that is flushed, asked until it signals, and deleted', async () => {
    const log: string[] = [];
    let asked = 0;
    const gl = {
      SYNC_GPU_COMMANDS_COMPLETE: 1,
      TIMEOUT_EXPIRED: 2,
      CONDITION_SATISFIED: 3,
      fenceSync: () => {
        log.push('fence');
        return {};
      },
      flush: () => log.push('flush'),
      clientWaitSync: () => (++asked < 3 ? 2 : 3),
      deleteSync: () => log.push('delete'),
    } as unknown as WebGL2RenderingContext;
    const wait = webGlDevice(gl).mark();
    expect(log).toEqual(['fence', 'flush']);
    await wait();
    expect(asked).toBe(3);
    expect(log).toEqual(['fence', 'flush', 'delete']);
  });

  it('on a lost WebGL context is nothing to wait for', async () => {
    const gl = { fenceSync: () => null, flush: () => {} } as unknown as WebGL2RenderingContext;
    await webGlDevice(gl).mark()();
  });

  it('on WebGPU submits what has been gathered, and is the queue’s own', async () => {
    const log: string[] = [];
    let finish = () => {};
    const backend: GathersCommands = {
      commandEncoder: {},
      queue: {
        onSubmittedWorkDone: () =>
          new Promise<void>((resolve) => {
            finish = resolve;
          }),
      },
      endComputePassEncoder: () => log.push('end'),
      submitQueue: () => log.push('submit'),
    };
    const wait = webGpuDevice(backend).mark()();
    expect(log).toEqual(['end', 'submit']);
    expect(await isDone(wait)).toBe(false);
    finish();
    expect(await isDone(wait)).toBe(true);
    void webGpuDevice({ ...backend, commandEncoder: null }).mark();
    expect(log).toEqual(['end', 'submit']);
  });
});
