// Work in parts, between which others get a turn: the tensors that live from one part to the next, outside of any tidy.
import * as tf from '@tensorflow/tfjs';

/** Owns what its parts have returned, until it is disposed of. */
export class Parts {
  readonly #held: tf.TensorContainer[] = [];

  /** Runs a part at once. What it returns is held; all else that it made is freed. */
  run<T extends object>(part: () => T): T {
    const result = tf.tidy(part as () => T & tf.TensorContainer);
    this.#held.push(result);
    return result;
  }

  dispose(): void {
    tf.dispose(this.#held.splice(0));
  }
}
