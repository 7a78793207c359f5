// What training takes of the machine, at most once a second, and whether it keeps taking more.
import * as tf from '@tensorflow/tfjs';
import type { MachineUse } from '../../protocol/messages.ts';

const everyMs = 1_000;
/** The steps in which a run's tensors come into being. */
const settledAfter = 3;
/** New heights in a row that are no accident: a picture being drawn also holds a tensor or two. */
const risesThatCount = 5;

/** Whether tensors keep growing: told of their number now and then, at the same point of a step. */
export class LeakWatch {
  #settled: number | null = null;
  #highest = 0;
  #rises = 0;

  /**
   * How many more there are than after the third step, if they have kept growing since; else 0, and null before that
   * step.
   * `step`: of those taken here.
   */
  note(step: number, tensors: number): number | null {
    if (step < settledAfter) return null;
    if (this.#settled === null || tensors <= this.#settled) {
      this.#settled ??= tensors;
      this.#highest = this.#settled;
      this.#rises = 0;
    } else if (tensors > this.#highest) {
      this.#highest = tensors;
      this.#rises += 1;
    }
    return this.#rises >= risesThatCount ? tensors - this.#settled : 0;
  }
}

export class MachineWatch {
  readonly #leaks = new LeakWatch();
  #toldAt = Number.NEGATIVE_INFINITY;

  /** null when it was told a moment ago. */
  look(now: number, step: number, stepsPerSecond: number | null): MachineUse | null {
    if (now - this.#toldAt < everyMs) return null;
    this.#toldAt = now;
    const { numTensors, numBytes } = tf.memory();
    return {
      msPerStep: stepsPerSecond === null ? null : 1000 / stepsPerSecond,
      tensors: numTensors,
      bytes: numBytes,
      reservedBytes: reservedBytes(),
      leaked: this.#leaks.note(step, numTensors),
    };
  }
}

/** WebAssembly's heap, or what a GPU has given; null for a backend that says nothing of it. */
function reservedBytes(): number | null {
  const { wasm } = tf.backend() as unknown as { wasm?: { HEAPU8?: Uint8Array } };
  if (wasm?.HEAPU8) return wasm.HEAPU8.byteLength;
  const { numBytesInGPUAllocated, numBytesAllocatedInGPU } = tf.memory() as {
    numBytesInGPUAllocated?: number;
    numBytesAllocatedInGPU?: number;
  };
  return numBytesInGPUAllocated ?? numBytesAllocatedInGPU ?? null;
}
