// The yardstick: one large convolution by tfjs's own conv2d, which every backend does as well as it can.
import * as tf from '@tensorflow/tfjs';
import type { Work } from './calls.ts';

export class Rate implements Work {
  readonly #input: tf.Tensor4D;
  readonly #filter: tf.Tensor4D;
  readonly #repeat: number;

  /**
   * A step convolves `repeat` times and waits once: where a convolution takes less time than the waiting, this hides
   * it.
   */
  constructor(batch: number, repeat: number) {
    this.#input = tf.randomUniform([batch, 28, 28, 128], -1, 1);
    this.#filter = tf.randomUniform([4, 4, 128, 128], -1, 1);
    this.#repeat = repeat;
  }

  async step(): Promise<void> {
    let one: tf.Tensor | null = null;
    for (let i = 0; i < this.#repeat; i++) {
      one?.dispose();
      one = tf.tidy(() => tf.slice(tf.conv2d(this.#input, this.#filter, 2, 'same'), [0, 0, 0, 0], [1, 1, 1, 1]));
    }
    // Backends work in order: when the last is there, all are done.
    await one?.data();
    one?.dispose();
  }

  dispose(): void {
    tf.dispose([this.#input, this.#filter]);
  }
}
