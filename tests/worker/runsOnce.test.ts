// Each worker's entry refuses to run a second time in the same thread.
import { afterEach, describe, expect, it, vi } from 'vitest';

const entries = {
  entry: () => import('../../src/worker/entry.ts'),
  renderEntry: () => import('../../src/worker/renderEntry.ts'),
  kernelThread: () => import('../../src/worker/device/kernelThread.ts'),
};

const mark = Symbol.for('ganvas-entry-has-run');

describe('a worker’s entry', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.doUnmock('../../src/worker/device/wasm.ts');
    Reflect.deleteProperty(globalThis, mark);
  });

  it.each(Object.entries(entries))('runs once: %s', async (_name, load) => {
    const listen = vi.fn();
    vi.stubGlobal('self', { addEventListener: listen, postMessage: () => {} });
    vi.stubGlobal('addEventListener', listen);
    // The worker that draws starts WASM at once, which Node need not.
    vi.doMock('../../src/worker/device/wasm.ts', () => ({ startWasm: async () => 1 }));
    vi.resetModules();
    await load();
    expect(listen).toHaveBeenCalledTimes(1);
    vi.resetModules();
    await expect(load()).rejects.toThrow('has already run');
    expect(listen).toHaveBeenCalledTimes(1);
  });
});
