// Installs the compiled kernels in tfjs's WASM backend.
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { setKernels } from '../current.ts';
import { type Heap, WasmJobs } from './jobs.ts';
import { wasmKernels } from './kernels.ts';
import { registerWasmKernels } from './register.ts';

/** Both ways in which Emscripten shows its memory: tfjs's threaded build, and its others. */
interface EmscriptenModule {
  readonly wasmMemory?: WebAssembly.Memory;
  readonly asm?: { readonly memory?: WebAssembly.Memory };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

function heapOf(backend: BackendWasm): Heap {
  const module = backend.wasm as unknown as EmscriptenModule;
  const memory = module.wasmMemory ?? module.asm?.memory;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('tfjs’s WASM backend does not show its memory.');
  return { memory, malloc: (bytes) => module._malloc(bytes), free: (address) => module._free(address) };
}

/** The memory of a backend that has been started; where it is shared, the kernels must be those for shared memory. */
export function memoryOf(backend: BackendWasm): WebAssembly.Memory {
  return heapOf(backend).memory;
}

/** Installs the kernels of `module` in a backend that has been started; the caller may give them helper threads. */
export function installWasmKernels(backend: BackendWasm, module: WebAssembly.Module): WasmJobs {
  const jobs = new WasmJobs(module, heapOf(backend));
  registerWasmKernels(backend, jobs);
  setKernels('wasm', wasmKernels);
  return jobs;
}
