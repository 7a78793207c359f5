// All randomness of a run, as a pure function of (seed, purpose, step, index): there is no state to save or to restore.

/** What random numbers are for. The values are part of what a seed means: never renumber them. */
export const purposes = {
  initialWeights: 1,
  gridLatents: 2,
  realImages: 3,
  discriminatorLatents: 4,
  generatorLatents: 5,
  discriminatorDropout: 6,
  generatorDropout: 7,
  qualityLatents: 8,
} as const;
export type Purpose = (typeof purposes)[keyof typeof purposes];

/**
 * Chris Wellons' triple32, a bijection of 32-bit numbers with near-ideal avalanche (nullprogram.com/blog/2018/07/31).
 */
function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 17), 0xed5ad4bb);
  x = Math.imul(x ^ (x >>> 11), 0xac4c1b51);
  x = Math.imul(x ^ (x >>> 15), 0x31848bab);
  return (x ^ (x >>> 14)) >>> 0;
}

/**
 * A stream of 32-bit numbers addressed by index. Streams of other (seed, purpose, step, part) are independent of it.
 * `part` separates what one step draws for the same purpose: a weight, a layer.
 */
export class RandomStream {
  readonly #low: number;
  readonly #high: number;

  constructor(seed: number, purpose: Purpose, step: number, part = 0) {
    let key = mix(seed ^ 0x9e3779b9);
    for (const word of [purpose, step, part]) key = mix(key ^ mix(word + 0x85ebca6b));
    this.#low = key;
    this.#high = mix(key ^ 0xc2b2ae35);
  }

  /** 32 random bits; any index below 2³². */
  bits(index: number): number {
    // Keyed before and after a full mix: two keys that differ in one bit give unrelated streams.
    return mix(mix(index ^ this.#low) ^ this.#high);
  }

  /** Uniform in (0, 1), both ends excluded. */
  uniform(index: number): number {
    return (this.bits(index) + 0.5) / 4_294_967_296;
  }

  /** A whole number from 0 to below `limit` (at most 2³²), uniform to within limit/2³². */
  integer(index: number, limit: number): number {
    return Math.floor((this.bits(index) / 4_294_967_296) * limit);
  }

  /**
   * Standard normal numbers for the indices start … start + count − 1 (Box–Muller: an even index and the next share a
   * pair).
   */
  normals(count: number, start = 0): Float32Array<ArrayBuffer> {
    const out = new Float32Array(count);
    const first = start - (start % 2);
    for (let pair = first; pair < start + count; pair += 2) {
      const radius = Math.sqrt(-2 * Math.log(this.uniform(pair)));
      const angle = 2 * Math.PI * this.uniform(pair + 1);
      if (pair >= start) out[pair - start] = radius * Math.cos(angle);
      if (pair + 1 < start + count) out[pair + 1 - start] = radius * Math.sin(angle);
    }
    return out;
  }

  /** Uniform numbers in (−limit, limit). */
  uniforms(count: number, limit: number): Float32Array<ArrayBuffer> {
    const out = new Float32Array(count);
    for (let i = 0; i < count; i++) out[i] = (2 * this.uniform(i) - 1) * limit;
    return out;
  }

  /** Dropout masks from element `start`, an even number. `rate`: the share of elements that becomes 0. */
  maskWords(rate: number, start = 0): MaskWords {
    const threshold = Math.round(rate * 65_536);
    return { low: this.#low, high: this.#high, start, threshold, scale: 1 / (1 - rate) };
  }
}

/** A position in a stream as the numbers from which a device computes dropout masks itself. */
export interface MaskWords {
  /** The stream's key, two words of 32 bits. */
  readonly low: number;
  readonly high: number;
  /** The index of the first element; even. */
  readonly start: number;
  /** Of 65,536: an element whose half of a draw is below it becomes 0. */
  readonly threshold: number;
  /** What every other element becomes. */
  readonly scale: number;
}

/** Masks of ones. */
export const noMasks: MaskWords = { low: 0, high: 0, start: 0, threshold: 0, scale: 1 };

/**
 * Inverted dropout masks, `count` of them: 0 with the probability that was asked for, else 1 / (1 − rate). Two elements
 * share one draw of 32 bits, so the rate is met to within 2⁻¹⁶. Custom kernels compute the same numbers on the device.
 */
export function maskValues(
  { low, high, start, threshold, scale }: MaskWords,
  count: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    const draw = mix(mix(((start + i) >>> 1) ^ low) ^ high);
    out[i] = (draw & 0xffff) < threshold ? 0 : scale;
    if (i + 1 < count) out[i + 1] = draw >>> 16 < threshold ? 0 : scale;
  }
  return out;
}
