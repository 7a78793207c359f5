// Starting tfjs's WASM backend, and our kernels in it: on as many threads as there are cores, or on one where more will
// not start.
import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import wasmThreads from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { GanvasError } from '../../config/errors.ts';
import { installWasmKernels, memoryOf } from '../../gan/ops/wasm/install.ts';
import type { WasmJobs } from '../../gan/ops/wasm/jobs.ts';
import { loadWasmKernels } from '../../gan/ops/wasm/load.ts';
import type { KernelThreadStart } from './kernelThread.ts';

/**
 * Long enough for a slow machine to fetch and compile half a megabyte; a blocked thread would keep us waiting for ever.
 */
const startLimitMs = 20_000;
const helperLimitMs = 5_000;

/** Whether this browser runs SIMD instructions; asks with the smallest module that has one. */
export function hasWasmSimd(): boolean {
  const module = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
  ];
  return WebAssembly.validate(new Uint8Array(module));
}

/**
 * Makes WASM tfjs's backend. @returns the threads it has: those wanted, or one where they did not start
 * @throws GanvasError 'no-wasm'
 */
export async function startWasm(threads: number): Promise<number> {
  try {
    const { setThreadsCount, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    // The threads are our kernels'. What is left to tfjs is small, and between two such operations a thread of its own
    // would turn
    // round and round on a core that ours could use. vite.config.ts keeps it from starting any in advance.
    setThreadsCount(1);
    // For one thread tfjs has a build that needs no helper and no shared memory.
    if (threads === 1) tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setWasmPaths({
      'tfjs-backend-wasm.wasm': wasmPlain,
      'tfjs-backend-wasm-simd.wasm': wasmSimd,
      'tfjs-backend-wasm-threaded-simd.wasm': wasmThreads,
    });
  } catch (error) {
    throw new GanvasError('wasm-not-loaded', {}, { cause: error });
  }
  if (await startedInTime()) return installKernels(threads);
  if (threads > 1) {
    // Shared memory is set aside at its largest, which a small machine may refuse.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    const factory = tf.findBackendFactory('wasm');
    tf.removeBackend('wasm');
    tf.registerBackend('wasm', factory);
    if (await startedInTime()) return installKernels(1);
  }
  throw new GanvasError('wasm-not-started', {});
}

async function startedInTime(): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), startLimitMs);
  });
  try {
    // The compiled module takes half of the cores for itself, whatever setThreadsCount says: of two, that is one.
    Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2, configurable: true });
    return await Promise.race([tf.setBackend('wasm'), late]);
  } finally {
    Reflect.deleteProperty(navigator, 'hardwareConcurrency');
    clearTimeout(timer);
  }
}

/** Puts our kernels into the backend that has just been started. @returns the threads that they have */
async function installKernels(threads: number): Promise<number> {
  const backend = tf.backend() as unknown as BackendWasm;
  const memory = memoryOf(backend);
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const module = await loadWasmKernels(shared);
  // Without SIMD tfjs's own operations have to do.
  if (!module) return 1;
  const kernels = installWasmKernels(backend, module);
  if (shared) await startHelpers(kernels, module, memory, threads - 1);
  return kernels.threads;
}

/** Starts helper threads; the kernels use those that have answered in time. */
async function startHelpers(
  kernels: WasmJobs,
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  count: number,
): Promise<void> {
  const { control } = kernels;
  const starts = Array.from({ length: count }, (_, i) => {
    const thread = new Worker(new URL('./kernelThread.ts', import.meta.url), { type: 'module' });
    return new Promise<boolean>((resolve) => {
      thread.addEventListener('message', () => resolve(true));
      thread.addEventListener('error', () => resolve(false));
      setTimeout(() => resolve(false), helperLimitMs);
      thread.postMessage({ module, memory, control, thread: i + 1 } satisfies KernelThreadStart);
    });
  });
  const started = await Promise.all(starts);
  // Scratch memory is laid out by number, for all that were started: one that comes late still finds its own.
  kernels.helpers = started.some(Boolean) ? count : 0;
}
