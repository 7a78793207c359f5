// A helper of the WASM kernels: a thread that waits in shared memory for jobs of the worker that trains, for ever.
import { refuseSecondRun } from '../shared/runsOnce.ts';

refuseSecondRun();

/** What a helper is started with. */
export interface KernelThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: number;
  /** From 1. */
  readonly thread: number;
}

addEventListener('message', ({ data }: MessageEvent<KernelThreadStart>) => {
  const { exports } = new WebAssembly.Instance(data.module, { env: { memory: data.memory } });
  const { help } = exports as unknown as { help(control: number, thread: number): never };
  postMessage(null);
  help(data.control, data.thread);
});
