// Runs the compiled kernels on the memory of tfjs's WASM backend: they read and write its tensors where they lie.
import type { Shape } from '../../../config/networks.ts';
import {
  counts,
  type KernelName,
  kernelArguments,
  kernelNumber,
  offsetOf,
  sizes,
  structs,
  type WordsOf,
  writeWords,
} from './layout.ts';

/** A tensor in WASM memory. */
export interface Placed {
  readonly address: number;
  readonly shape: Shape;
}

/** What the kernels need of tfjs's WASM module. */
export interface Heap {
  readonly memory: WebAssembly.Memory;
  /** @returns the address, 0 when there is no memory left */
  malloc(bytes: number): number;
  free(address: number): void;
}

interface Exports {
  runJob(control: number, kernel: number, items: number, helpers: number): void;
}

/** A block of memory that grows on demand. Growing loses its content. */
class GrowingBlock {
  readonly #heap: Heap;
  #address = 0;
  #bytes = 0;

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /** @returns the block's address */
  atLeast(bytes: number): number {
    if (bytes > this.#bytes) {
      if (this.#address !== 0) this.#heap.free(this.#address);
      this.#bytes = 0;
      this.#address = this.#heap.malloc(bytes) >>> 0;
      if (this.#address === 0) throw new Error('WASM is out of memory.');
      this.#bytes = bytes;
    }
    return this.#address;
  }
}

/** The compiled kernels of one backend, with the memory that they need beside its tensors. */
export class WasmJobs {
  /** The address of the control block, which a helper thread is started with: see src/worker. */
  readonly control: number;
  readonly #heap: Heap;
  readonly #exports: Exports;
  readonly #tables: GrowingBlock;
  readonly #zeros: GrowingBlock;
  readonly #panels: GrowingBlock;
  readonly #gradient: GrowingBlock;
  readonly #perImage: GrowingBlock;
  readonly #scratch: GrowingBlock;
  /** Threads beside this one that wait for jobs. */
  #helpers = 0;

  /** `module` is built for the kind of memory that the heap has, shared or not. */
  constructor(module: WebAssembly.Module, heap: Heap) {
    this.#heap = heap;
    const { exports } = new WebAssembly.Instance(module, { env: { memory: heap.memory } });
    this.#exports = exports as unknown as Exports;
    this.control = new GrowingBlock(heap).atLeast(sizes.controlBytes);
    writeWords(structs.control, heap.memory.buffer, this.control, {
      generation: 0,
      next: counts.closed,
      active: 0,
      items: 0,
      kernel: 0,
      scratch: 0,
      scratchBytes: 0,
      // A page's main thread must not sleep; a worker may, and so may Node.
      maySleep: typeof Window === 'undefined' ? 1 : 0,
    });
    this.#tables = new GrowingBlock(heap);
    this.#zeros = new GrowingBlock(heap);
    this.#panels = new GrowingBlock(heap);
    this.#gradient = new GrowingBlock(heap);
    this.#perImage = new GrowingBlock(heap);
    this.#scratch = new GrowingBlock(heap);
  }

  get helpers(): number {
    return this.#helpers;
  }

  /** How many helper threads may take part from now on; they must have been started for `control`. */
  set helpers(count: number) {
    this.#helpers = count;
  }

  get threads(): number {
    return this.#helpers + 1;
  }

  get memory(): ArrayBufferLike {
    return this.#heap.memory.buffer;
  }

  /** A view of memory; valid until the next allocation. */
  words(address: number, count: number): Int32Array {
    return new Int32Array(this.memory, address, count);
  }

  /** Memory for tables of so many bytes, multiples of 4, side by side; the content is lost at the next call. */
  tables<Bytes extends readonly number[]>(...bytes: Bytes): { readonly [Index in keyof Bytes]: number } {
    const total = bytes.reduce((sum, each) => sum + each, 0);
    let address = this.#tables.atLeast(Math.max(4096, total));
    const addresses = bytes.map((each) => {
      address += each;
      return address - each;
    });
    return addresses as unknown as { readonly [Index in keyof Bytes]: number };
  }

  /** At least `count` zeros. */
  zeros(count: number): number {
    const address = this.#zeros.atLeast(Math.max(1024, count * 4));
    this.words(address, count).fill(0);
    return address;
  }

  /** Memory for a packed filter, in numbers; its content is lost at the next call. So it is with the next two. */
  panels(count: number): number {
    return this.#panels.atLeast(count * 4);
  }

  /** Memory for a packed gradient. */
  gradient(count: number): number {
    return this.#gradient.atLeast(count * 4);
  }

  /** Memory for the intermediate results of each image of a batch. */
  perImage(count: number): number {
    return this.#perImage.atLeast(count * 4);
  }

  /** Runs a kernel to its end. `scratchBytes`: the scratch memory of each thread. */
  run<Name extends KernelName>(
    name: Name,
    items: number,
    words: WordsOf<(typeof kernelArguments)[Name]>,
    scratchBytes = 0,
  ): void {
    if (items < 1) return;
    const each = Math.ceil(scratchBytes / 64) * 64;
    const scratch = each > 0 ? this.#scratch.atLeast(each * this.threads) : 0;
    const control = new DataView(this.memory, this.control);
    control.setUint32(scratchAt, scratch, true);
    control.setUint32(scratchBytesAt, each, true);
    writeWords(kernelArguments[name], this.memory, this.control + sizes.argumentsAt, words);
    this.#exports.runJob(this.control, kernelNumber(name), items, this.#helpers);
  }
}

const scratchAt = offsetOf(structs.control, 'scratch');
const scratchBytesAt = offsetOf(structs.control, 'scratchBytes');
