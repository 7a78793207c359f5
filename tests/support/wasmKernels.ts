// tfjs's WASM backend with our kernels in it, on one thread, for tests in Node.
import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-wasm';
import { installWasmKernels, memoryOf } from '../../src/gan/ops/wasm/install.ts';
import { loadWasmKernels } from '../../src/gan/ops/wasm/load.ts';

let installed: BackendWasm | null = null;

/** Makes WASM the current backend, our kernels installed. */
export async function startWasmKernels(): Promise<void> {
  if (!(await tf.setBackend('wasm'))) throw new Error('Node could not start WASM.');
  const backend = tf.backend() as unknown as BackendWasm;
  if (installed === backend) return;
  const shared = typeof SharedArrayBuffer !== 'undefined' && memoryOf(backend).buffer instanceof SharedArrayBuffer;
  const module = await loadWasmKernels(shared);
  if (!module) throw new Error('This Node has no SIMD for our kernels.');
  installWasmKernels(backend, module);
  installed = backend;
}
