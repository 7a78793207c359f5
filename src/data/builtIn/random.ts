// Random numbers of the built-in digits, in a sequence: pure-rand's generator and the few kinds of draws that a hand
// needs. A run draws from src/gan/random.ts instead, by step and index, because the device's kernels make the same
// numbers. The digits' checksum and every saved run depend on these numbers, so neither can replace the other.
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Draws from one seeded stream. Only + − × ÷ and square roots follow, so every engine draws the same bytes. */
export class Random {
  readonly #generator: { next(): number };

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed | 0);
  }

  /** Uniform in [0, 1), 32 bits of it. */
  uniform(): number {
    return (this.#generator.next() >>> 0) / 4294967296;
  }

  /** Uniform between two numbers. */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** Bell-shaped around 0 with standard deviation 1 and no value beyond ±3.5: the sum of four uniform draws. */
  bell(): number {
    const sum = this.uniform() + this.uniform() + this.uniform() + this.uniform();
    return (sum - 2) * 1.7320508075688772;
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** A whole number from 0 to below `count`. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }
}
