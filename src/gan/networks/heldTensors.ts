// Tensors that live from one part of a computation to the next: tf.tidy cannot hold them across a yield.
import * as tf from '@tensorflow/tfjs';

/** Owns what its parts have returned, until it is disposed. */
export class HeldTensors {
  readonly #held: tf.TensorContainer[] = [];

  /** Runs a part. What it returns is held; every other tensor that it makes is freed. */
  run<T extends object>(part: () => T): T {
    const result = tf.tidy(part as () => T & tf.TensorContainer);
    this.#held.push(result);
    return result;
  }

  dispose(): void {
    tf.dispose(this.#held.splice(0));
  }
}
