// The compiled kernels on the memory of tfjs's WASM backend: they read and write its tensors where they lie.
import type { Shape } from '../../../config/networks.ts';

/** The kernels by name; the numbers are those of assembly/kernels.ts. */
const kernelNumbers = {
  packPanel: 0,
  gather: 1,
  toOneChannel: 2,
  packGradient: 3,
  spreadGradient: 4,
  filterGradient: 5,
  sumPositions: 6,
  dropout: 7,
  adam: 8,
  imageMoments: 9,
  mergeMoments: 10,
  normalise: 11,
  imageSums: 12,
  mergeSums: 13,
  normalisationGradient: 14,
} as const;

export type KernelName = keyof typeof kernelNumbers;

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

/** The control block and the largest arguments, in bytes; see assembly/jobs.ts. */
const argumentsAt = 64;
const controlBytes = 256;
const closed = 0x40000000;

const bits = new DataView(new ArrayBuffer(4));

/** A float32 among the arguments, which are 32-bit words. */
export function float(value: number): number {
  bits.setFloat32(0, value);
  return bits.getInt32(0);
}

/** A piece of memory that grows when more is asked for. What it held is lost then. */
class Room {
  readonly #heap: Heap;
  #address = 0;
  #bytes = 0;

  constructor(heap: Heap) {
    this.#heap = heap;
  }

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

export class WasmKernels {
  /** What a helper thread needs: see src/worker. */
  readonly control: number;
  readonly #heap: Heap;
  readonly #exports: Exports;
  readonly #tables: Room;
  readonly #zeros: Room;
  readonly #panels: Room;
  readonly #gradient: Room;
  readonly #found: Room;
  readonly #scratch: Room;
  /** Threads beside this one that wait for jobs. */
  #helpers = 0;

  /** `module` is built for the kind of memory that the heap has, shared or not. */
  constructor(module: WebAssembly.Module, heap: Heap) {
    this.#heap = heap;
    const { exports } = new WebAssembly.Instance(module, { env: { memory: heap.memory } });
    this.#exports = exports as unknown as Exports;
    this.control = new Room(heap).atLeast(controlBytes);
    const control = this.words(this.control, controlBytes / 4);
    control.fill(0);
    control[1] = closed;
    // A page's own thread must not sleep in the midst of its work; a worker may, and so may Node.
    control[7] = typeof Window === 'undefined' ? 1 : 0;
    this.#tables = new Room(heap);
    this.#zeros = new Room(heap);
    this.#panels = new Room(heap);
    this.#gradient = new Room(heap);
    this.#found = new Room(heap);
    this.#scratch = new Room(heap);
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

  /** A view of memory; good until something is allocated. */
  words(address: number, count: number): Int32Array {
    return new Int32Array(this.#heap.memory.buffer, address, count);
  }

  /** Copies small tables of whole numbers to memory, side by side; those of the call before are gone. @returns their addresses */
  tables(...tables: readonly number[][]): number[] {
    const total = tables.reduce((sum, table) => sum + table.length, 0);
    let address = this.#tables.atLeast(Math.max(1024, total * 4));
    return tables.map((table) => {
      const at = address;
      this.words(at, table.length).set(table);
      address += table.length * 4;
      return at;
    });
  }

  /** At least `count` zeros. */
  zeros(count: number): number {
    const address = this.#zeros.atLeast(Math.max(1024, count * 4));
    this.words(address, count).fill(0);
    return address;
  }

  /** Room for a packed filter, in numbers; what it held is lost. */
  panels(count: number): number {
    return this.#panels.atLeast(count * 4);
  }

  /** Room for a packed gradient, in numbers; what it held is lost. */
  gradient(count: number): number {
    return this.#gradient.atLeast(count * 4);
  }

  /** Room for what each image of a batch has to add to a result, in numbers; what it held is lost. */
  found(count: number): number {
    return this.#found.atLeast(count * 4);
  }

  /** Runs a kernel to its end. `scratchBytes`: what each thread needs for itself; `words`: the kernel's arguments. */
  run(name: KernelName, items: number, words: readonly number[], scratchBytes = 0): void {
    if (items < 1) return;
    const each = Math.ceil(scratchBytes / 64) * 64;
    const scratch = each > 0 ? this.#scratch.atLeast(each * this.threads) : 0;
    const control = this.words(this.control, controlBytes / 4);
    control[5] = scratch;
    control[6] = each;
    control.set(words, argumentsAt / 4);
    this.#exports.runJob(this.control, kernelNumbers[name], items, this.#helpers);
  }
}
