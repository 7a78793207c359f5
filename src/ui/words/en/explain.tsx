// English: how it works, with the shapes of the run on screen.
import type { ReactNode } from 'react';
import type { Layer, NetworkName } from '../../../config/networks.ts';
import { format } from './format.ts';

const { count, setting } = format;

/** By the names of Keras. */
const layers: Readonly<Record<Layer['kind'], string>> = {
  Dense: 'Dense',
  Conv2D: 'Conv2D',
  Conv2DTranspose: 'Conv2DTranspose',
  BatchNormalization: 'BatchNormalization',
  LeakyReLU: 'LeakyReLU',
  Dropout: 'Dropout',
  Reshape: 'Reshape',
  Flatten: 'Flatten',
};

const networks: Readonly<Record<NetworkName, string>> = { generator: 'Generator', discriminator: 'Discriminator' };

export const explain = {
  title: 'How it works',
  lead: (generator: (text: string) => ReactNode, discriminator: (text: string) => ReactNode): ReactNode => (
    <>
      Two networks play against each other. The {generator('generator')} turns random numbers into pictures; the{' '}
      {discriminator('discriminator')} is shown those and real ones and says which is which. Each learns from the
      other’s answers. A loss of 0.693 nats (ln 2) on both sides is a draw: the discriminator can only guess.
    </>
  ),

  training: 'Training',
  generation: 'Generation',
  noise: 'noise',
  generator: 'generator',
  discriminator: 'discriminator',
  fake: 'fake',
  real: 'real',
  digit: 'digit',
  realOrFake: 'real or fake?',
  realOnes: (dataset: string) => `real ones: ${dataset}`,
  noDataset: 'no dataset loaded yet',
  parameters: (parameters: number) => `${count(parameters)} parameters`,
  generatorShape: (widths: readonly number[]) => `7×7 → 14×14 → 28×28, ${widths.join(', ')} filters`,
  discriminatorLoss: (loss: string) => `d = ${loss} nats`,
  generatorLoss: (loss: string) => `g = ${loss} nats`,

  layers,
  networks,
  layerByLayer: (network: NetworkName) => `${networks[network]}, layer by layer`,
  tableOf: (network: NetworkName, parameters: number) => `${networks[network]}: ${count(parameters)} parameters`,
  layer: 'Layer',
  outputShape: 'Output shape',
  parameterColumn: 'Parameters',
  total: 'Total',
  kernel: (size: number, stride: number, sigmoid: boolean) =>
    `${size}×${size}, stride ${stride}${sigmoid ? ', sigmoid' : ''}`,
  momentum: (value: number) => `momentum ${setting(value)}`,

  oneStep: 'One training step',
  discriminatorLearns: 'The discriminator learns',
  /** Real images and as many fakes, from latents of so many numbers. */
  batchOfBoth: (half: number, latent: number, realLabel: number) => {
    const real = half === 1 ? 'One real image gets' : `${count(half)} real images get`;
    const fakes = half === 1 ? 'one fake' : `${count(half)} fakes`;
    return `${real} the label ${setting(realLabel)}. The generator makes ${fakes} from ${count(half)} × ${latent} fresh random numbers, with the label 0.`;
  },
  /** `dropout`: a share. */
  bothThrough: (batch: number, dropout: number) => {
    const off = `, with ${setting(Math.round(dropout * 1000) / 10)}% of its activations switched off at random`;
    return `Both halves go through the discriminator as one batch of ${count(batch)}${dropout > 0 ? off : ''}. The loss is the cross-entropy between its answers and the labels.`;
  },
  discriminatorMoves: (rate: number) =>
    `Adam moves the discriminator’s weights (learning rate ${setting(rate)}). The generator’s stay.`,
  generatorLearns: 'The generator learns',
  fakesPassForReal: (batch: number) =>
    `${count(batch)} new random vectors become ${count(batch)} fakes, and they get the label 1: the generator wants them to pass for real.`,
  normalised:
    'Inside it each channel is normalised over the images computed together; moving averages of their means and variances follow, and digits are drawn with those.',
  gradientFlows:
    'The fakes go through the discriminator. The loss says how far its answers are from “real”, and its gradient flows back through it to the generator.',
  generatorMoves: (rate: number) =>
    `Adam moves the generator’s weights (learning rate ${setting(rate)}). The discriminator’s are left alone.`,
  /** `keeps`: a share. */
  averageFollows: (keeps: number) =>
    `An average that keeps ${setting(Math.round(keeps * 10_000) / 100)}% of itself follows; digits are drawn with it.`,
};
