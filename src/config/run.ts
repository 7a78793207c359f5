// What a run is: the values of its settings, and the constants.

export interface RunConfig {
  /** The base of the channel counts of all feature maps; see the widths in networks.ts. Even. */
  readonly filters: number;
  /** 1: the larger a feature map, the fewer its channels. 0: as many for all of a network. */
  readonly tapered: number;
  /** Rows and columns of the kernel that draws the digit from the generator's last feature map: 3, 5 or 7. */
  readonly outputKernel: number;
  /** Rows and columns of the discriminator's two kernels: 3, 5 or 7. */
  readonly discriminatorKernel: number;
  /** 1: the generator's feature maps are normalised over each batch. 0: they are not. */
  readonly batchNormalisation: number;
  /** Decay of the average of the generator's weights with which digits are drawn; 0: with the weights themselves. */
  readonly weightAverage: number;
  /** Length of the latent vector. */
  readonly latent: number;
  /** Images in a generator half-step; the discriminator sees batch/2 real and batch/2 fake ones. Even. */
  readonly batch: number;
  readonly epochs: number;
  readonly discriminatorLearningRate: number;
  readonly generatorLearningRate: number;
  /** Adam's decay of the first moment. */
  readonly beta1: number;
  /** Share of the discriminator's activations that each training step sets to zero. */
  readonly dropout: number;
  /** One-sided label smoothing: real images get the label 1 − labelSmoothing. */
  readonly labelSmoothing: number;
  readonly seed: number;
}

/** Constants: the tutorial's numbers, and those of batch normalisation, which the tutorial does not have. */
export const fixed = {
  leakySlope: 0.2,
  beta2: 0.999,
  epsilon: 1e-7,
  gridTiles: 64,
  imageSize: 28,
  /** Added to a variance before its root is taken; Keras's default. */
  normalisationEpsilon: 1e-3,
  /** Momentum of the moving statistics. Keras's 0.99 would take longer to settle than many runs here take. */
  normalisationMomentum: 0.9,
} as const;

/** Steps in an epoch over `count` images: whole batches only, at least one, as the tutorial counts them. */
export function stepsPerEpoch(config: RunConfig, count: number): number {
  return Math.max(1, Math.floor(count / config.batch));
}
