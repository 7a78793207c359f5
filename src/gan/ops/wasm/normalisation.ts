// Batch normalisation as jobs for the compiled kernels. Tensors are [batch, …, channels], what belongs to a channel [channels].
import { float, type Placed, type WasmKernels } from './kernels.ts';

interface Extent {
  readonly batch: number;
  readonly positions: number;
  readonly channels: number;
}

function extentOf({ shape }: Placed): Extent {
  const batch = shape[0] ?? 0;
  const channels = shape[shape.length - 1] ?? 0;
  const positions = shape.slice(1, -1).reduce((product, n) => product * n, 1);
  return { batch, positions, channels };
}

/** The mean and the variance of each channel of x. */
export function channelMoments(kernels: WasmKernels, x: Placed, mean: number, variance: number): void {
  const { batch, positions, channels } = extentOf(x);
  const found = kernels.found(2 * batch * channels);
  kernels.run('imageMoments', batch, [x.address, found, positions, channels]);
  kernels.run('mergeMoments', 1, [found, batch, positions, channels, mean, variance]);
}

/** Where what belongs to the channels lies. */
export interface ChannelAddresses {
  readonly mean: number;
  readonly variance: number;
}

/** output = LeakyReLU(γ · (x − mean) / √(variance + ε) + β) */
export function normalise(
  kernels: WasmKernels,
  x: Placed,
  output: number,
  { mean, variance, gamma, beta }: ChannelAddresses & { readonly gamma: number; readonly beta: number },
  { epsilon, leakySlope }: { readonly epsilon: number; readonly leakySlope: number },
): void {
  const { batch, positions, channels } = extentOf(x);
  const numbers = [float(epsilon), float(leakySlope)];
  kernels.run('normalise', batch, [x.address, output, positions, channels, mean, variance, gamma, beta, ...numbers]);
}

/** The gradients by gamma and beta, given the one by what the activation was given. */
export function normalisationSums(
  kernels: WasmKernels,
  x: Placed,
  dy: number,
  { mean, variance }: ChannelAddresses,
  [dGamma, dBeta]: readonly [number, number],
  epsilon: number,
): void {
  const { batch, positions, channels } = extentOf(x);
  const found = kernels.found(2 * batch * channels);
  kernels.run('imageSums', batch, [x.address, dy, found, positions, channels, mean]);
  kernels.run('mergeSums', 1, [found, batch, channels, variance, dGamma, dBeta, float(epsilon)]);
}

/** The gradient by x, from those by gamma and beta. */
export function normalisationInputGradient(
  kernels: WasmKernels,
  x: Placed,
  [dy, dx]: readonly [number, number],
  {
    mean,
    variance,
    gamma,
    dGamma,
    dBeta,
  }: ChannelAddresses & { readonly gamma: number; readonly dGamma: number; readonly dBeta: number },
  epsilon: number,
): void {
  const { batch, positions, channels } = extentOf(x);
  const addresses = [x.address, dy, dx, positions, channels, mean, variance, gamma, dGamma, dBeta];
  kernels.run('normalisationGradient', batch, [...addresses, float(epsilon), float(1 / (batch * positions))]);
}
