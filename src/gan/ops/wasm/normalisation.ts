// Batch normalisation as jobs for the compiled kernels. Tensors are [batch, …, channels], or [channels] where they hold
// one number for each channel.
import type { Placed, WasmJobs } from './jobs.ts';

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
export function channelMoments(jobs: WasmJobs, x: Placed, mean: Placed, variance: Placed): void {
  const { batch, positions, channels } = extentOf(x);
  const perImage = jobs.perImage(2 * batch * channels);
  jobs.run('imageMoments', batch, { x: x.address, perImage, positions, channels });
  const results = { mean: mean.address, variance: variance.address };
  jobs.run('mergeMoments', 1, { perImage, batch, positions, channels, ...results });
}

/** output = LeakyReLU(γ · (x − mean) / √(variance + ε) + β) */
export function normalise(
  jobs: WasmJobs,
  x: Placed,
  output: Placed,
  { mean, variance, gamma, beta }: Readonly<Record<'mean' | 'variance' | 'gamma' | 'beta', Placed>>,
  { epsilon, leakySlope }: { readonly epsilon: number; readonly leakySlope: number },
): void {
  const { batch, positions, channels } = extentOf(x);
  jobs.run('normalise', batch, {
    x: x.address,
    output: output.address,
    positions,
    channels,
    mean: mean.address,
    variance: variance.address,
    gamma: gamma.address,
    beta: beta.address,
    epsilon,
    slope: leakySlope,
  });
}

/** The gradients by gamma and beta, from dy, the gradient by the input of the activation. */
export function normalisationSums(
  jobs: WasmJobs,
  { x, dy, mean, variance }: Readonly<Record<'x' | 'dy' | 'mean' | 'variance', Placed>>,
  { dGamma, dBeta }: Readonly<Record<'dGamma' | 'dBeta', Placed>>,
  epsilon: number,
): void {
  const { batch, positions, channels } = extentOf(x);
  const perImage = jobs.perImage(2 * batch * channels);
  const places = { x: x.address, dy: dy.address, mean: mean.address };
  jobs.run('imageSums', batch, { ...places, perImage, positions, channels });
  const results = { dGamma: dGamma.address, dBeta: dBeta.address };
  jobs.run('mergeSums', 1, { perImage, batch, channels, variance: variance.address, ...results, epsilon });
}

/** The gradient by x, from those by gamma and beta. */
export function normalisationInputGradient(
  jobs: WasmJobs,
  {
    x,
    dy,
    mean,
    variance,
    gamma,
    dGamma,
    dBeta,
  }: Readonly<Record<'x' | 'dy' | 'mean' | 'variance' | 'gamma' | 'dGamma' | 'dBeta', Placed>>,
  dx: Placed,
  epsilon: number,
): void {
  const { batch, positions, channels } = extentOf(x);
  jobs.run('normalisationGradient', batch, {
    x: x.address,
    dy: dy.address,
    dx: dx.address,
    positions,
    channels,
    mean: mean.address,
    variance: variance.address,
    gamma: gamma.address,
    dGamma: dGamma.address,
    dBeta: dBeta.address,
    epsilon,
    share: 1 / (batch * positions),
  });
}
