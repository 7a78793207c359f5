// The operations around the convolutions as jobs for the compiled kernels: bias gradients, dropout, Adam.
import { sizeOf } from '../../../config/weights.ts';
import type { MaskWords } from '../../random/stream.ts';
import type { AdamNumbers } from '../base/kernels.ts';
import type { Placed, WasmJobs } from './jobs.ts';
import { counts } from './layout.ts';

const itemsFor = (size: number): number => Math.ceil(size / counts.elementsPerItem);

/** x [b, …, channels] → output [b, channels]. */
export function sumPositions(jobs: WasmJobs, x: Placed, output: Placed): void {
  const [batch = 0, channels = 0] = output.shape;
  const positions = sizeOf(x.shape) / (batch * channels);
  jobs.run('sumPositions', batch, { input: x.address, output: output.address, positions, columns: channels });
}

/** output = x · masks, and with a gate also · LeakyReLU′ there. All have one shape. */
export function dropout(
  jobs: WasmJobs,
  x: Placed,
  output: Placed,
  gate: Placed | undefined,
  leakySlope: number,
  pieces: readonly MaskWords[],
): void {
  const size = sizeOf(x.shape) / pieces.length;
  for (const [i, { low, high, start, threshold, scale }] of pieces.entries()) {
    const at = i * size * 4;
    jobs.run('dropout', itemsFor(size), {
      input: x.address + at,
      output: output.address + at,
      gate: gate ? gate.address + at : 0,
      size,
      slope: leakySlope,
      low,
      high,
      start,
      threshold,
      scale,
    });
  }
}

/** Changes the variable and both moments in place. */
export function adam(
  jobs: WasmJobs,
  variable: Placed,
  gradient: Placed,
  first: Placed,
  second: Placed,
  { beta1, beta2, rate, correction, epsilon }: AdamNumbers,
): void {
  const size = sizeOf(variable.shape);
  jobs.run('adam', itemsFor(size), {
    variable: variable.address,
    gradient: gradient.address,
    first: first.address,
    second: second.address,
    size,
    beta1,
    rest1: 1 - beta1,
    beta2,
    rest2: 1 - beta2,
    rate,
    correction,
    epsilon,
  });
}
