// What is left around the convolutions as jobs for the compiled kernels: bias gradients, dropout, Adam.
import type { MaskWords } from '../../random.ts';
import type { AdamAttributes } from '../own.ts';
import { float, type Placed, type WasmKernels } from './kernels.ts';

/** Elements that one item of an elementwise kernel takes; see assembly/elementwise.ts. */
const block = 16_384;

/** x [b, …, channels] → output [b, channels]. */
export function sumPositions(kernels: WasmKernels, x: Placed, output: Placed): void {
  const [batch = 0, channels = 0] = output.shape;
  const size = x.shape.reduce((product, n) => product * n, 1);
  if (batch > 0) kernels.run('sumPositions', batch, [x.address, output.address, size / (batch * channels), channels]);
}

/** output = x · masks · LeakyReLU′(gate); `size` numbers each, in equal pieces. */
export function dropout(
  kernels: WasmKernels,
  [x, output, gate]: readonly [number, number, number],
  size: number,
  leakySlope: number,
  pieces: readonly MaskWords[],
): void {
  const count = size / pieces.length;
  for (const [i, { low, high, start, threshold, kept }] of pieces.entries()) {
    const at = i * count * 4;
    const addresses = [x + at, output + at, gate ? gate + at : 0];
    const words = [...addresses, count, float(leakySlope), low, high, start, threshold, float(kept)];
    kernels.run('dropout', Math.ceil(count / block), words);
  }
}

/** Changes the variable and both moments where they lie. */
export function adam(
  kernels: WasmKernels,
  [variable, gradient, first, second]: readonly [number, number, number, number],
  size: number,
  { beta1, beta2, rate, correction, epsilon }: AdamAttributes,
): void {
  kernels.run('adam', Math.ceil(size / block), [
    variable,
    gradient,
    first,
    second,
    size,
    ...[beta1, 1 - beta1, beta2, 1 - beta2, rate, correction, epsilon].map(float),
  ]);
}
