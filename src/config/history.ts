// The history of a run as plain data: its losses and accuracies step by step, and its digits.

/** A page of pictures: `count` images of 28×28, row-major, 0 (paper) to 255 (ink). */
export interface Pictures {
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly count: number;
}

/** The grid of the fixed noise, drawn with the weights of a step. */
export interface Frame {
  readonly step: number;
  /** Whether only one network's half of the step had been taken. */
  readonly half: boolean;
  readonly pictures: Pictures;
  /** The discriminator's probability, for each tile, that it is real. */
  readonly realness: Float32Array<ArrayBuffer>;
}

/** How many grids a run keeps, in memory and in its files: 64 pictures of 784 bytes each, 7.5 MB in all. */
export const maxFrames = 150;

export const seriesNames = ['discriminatorLoss', 'generatorLoss', 'accuracyReal', 'accuracyFake'] as const;
export type SeriesName = (typeof seriesNames)[number];

/**
 * Losses and accuracies (shares, 0 to 1) of some steps, one entry a step, in their order. A half that a step did not
 * take (the buttons take one at a time) is NaN; later entries may bring the missing half of a step.
 */
export type Metrics = { readonly steps: Uint32Array<ArrayBuffer> } & Readonly<
  Record<SeriesName, Float32Array<ArrayBuffer>>
>;
