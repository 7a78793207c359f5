// The training of one GAN: owns both networks and both optimizers, takes half-steps, draws digits. Contains no timing.
import * as tf from '@tensorflow/tfjs';
import type { NetworkName } from '../../config/networks.ts';
import type { RunConfig } from '../../config/run.ts';
import { type Alone, countsOf, type DrawnWith, placesOf, type TrainingState } from '../../config/training.ts';
import { averageOf, momentOf, moments, type WeightArrays } from '../../config/weights.ts';
import { Drawer, type Drawing } from '../networks/drawer.ts';
import type { Networks } from '../networks/networks.ts';
import {
  createVariables,
  type Gradients,
  initialWeights,
  readPacked,
  unpacked,
  type Variables,
} from '../networks/weights.ts';
import { Adam } from './adam.ts';
import { moveAverage } from './average.ts';
import type { Batches } from './batches.ts';
import { discriminatorHalfStep, generatorHalfStep, type HalfStepResult } from './halfSteps.ts';
import { assignMovingStatistics } from './movingStatistics.ts';
import { readVariables, writeVariables } from './state.ts';

/** The results of one half-step. The accuracies are the discriminator's, on its own half-step: shares from 0 to 1. */
export type HalfStepScores =
  | { readonly network: 'generator'; readonly step: number; readonly loss: number }
  | {
      readonly network: 'discriminator';
      readonly step: number;
      readonly loss: number;
      readonly accuracyReal: number;
      readonly accuracyFake: number;
    };

/** Where training starts: untrained at step 0, or from weights that have been trained for some steps. */
export interface StartingPoint {
  readonly weights?: WeightArrays;
  readonly step?: number;
}

export class Trainer {
  readonly config: RunConfig;
  readonly #networks: Networks;
  /**
   * The weights that digits are drawn with: the average of the generator's, or, without averaging, these themselves.
   */
  readonly #drawn: Variables<'generator'>;
  readonly #drawers: Readonly<Record<DrawnWith, Drawer>>;
  readonly #optimizers: { generator: Adam<'generator'>; discriminator: Adam<'discriminator'> };
  #batches: Batches;
  /** Scores still on the device, oldest first: reading them one by one would stall it at every half-step. */
  #unread: { network: NetworkName; step: number; scores: tf.Tensor1D }[] = [];
  #firstStep: number;
  /** The step, counted from the first, that each network's newest half-step belongs to. */
  #places = { generator: 0, discriminator: 0 };
  /** Half-steps of one network without the other; null since a whole step. */
  #alone: Alone | null = null;
  /** Between the halves of `trainStep`. */
  #owesGenerator = false;
  #disposed = false;

  /**
   * Untrained networks, or those with the given weights (fresh optimizers either way), on tfjs's current backend.
   * @throws GanvasError 'weights-mismatch' when the weights do not fit the configuration.
   */
  constructor(config: RunConfig, batches: Batches, { weights, step = 0 }: StartingPoint = {}) {
    this.config = config;
    this.#batches = batches;
    this.#firstStep = step;
    const start = weights ?? initialWeights('generator', config);
    const generator = createVariables('generator', config, start);
    const discriminator = createVariables('discriminator', config, weights ?? initialWeights('discriminator', config));
    this.#networks = { generator, discriminator };
    this.#drawn = config.weightAverage > 0 ? createVariables('generator', config, start) : generator;
    this.#drawers = {
      averaged: new Drawer({ generator: this.#drawn, discriminator }, config),
      newest: new Drawer(this.#networks, config),
    };
    this.#optimizers = {
      generator: new Adam(generator, config.generatorLearningRate, config.beta1),
      discriminator: new Adam(discriminator, config.discriminatorLearningRate, config.beta1),
    };
  }

  /** Steps that the weights have been trained for: those of the network that has come further. */
  get step(): number {
    return this.#firstStep + Math.max(this.#places.generator, this.#places.discriminator);
  }

  /** Half-steps taken by this trainer: while it stays the same, so do the weights. */
  get halfSteps(): number {
    const { generator, discriminator } = this.#optimizers;
    return generator.iterations + discriminator.iterations;
  }

  /** Of each network, those that opened weights have seen among them. */
  get halfStepsOf(): Readonly<Record<NetworkName, number>> {
    const { generator, discriminator } = this.#optimizers;
    return {
      generator: this.#firstStep + generator.iterations,
      discriminator: this.#firstStep + discriminator.iterations,
    };
  }

  /** Whether only one network has taken its half of `step`. */
  get isHalf(): boolean {
    return this.#places.generator !== this.#places.discriminator;
  }

  /** null where the newest half-steps of both belong together. */
  get alone(): Alone | null {
    const isWhole = !this.isHalf && (this.#alone?.halfSteps ?? 0) < 2;
    return isWhole ? null : this.#alone;
  }

  setBatches(batches: Batches): void {
    this.#batches = batches;
  }

  setLearningRates(rates: Readonly<Record<NetworkName, number>>): void {
    this.#optimizers.generator.learningRate = rates.generator;
    this.#optimizers.discriminator.learningRate = rates.discriminator;
  }

  /**
   * One training step: the discriminator's half, then the generator's; or the generator's alone where a restored state
   * is between the two. Both belong to one step, however many one of them has taken alone. Yields between parts of the
   * work.
   */
  *trainStep(): Generator<void, void> {
    if (!this.#owesGenerator) {
      yield* this.#take('discriminator', Math.max(this.#places.generator, this.#places.discriminator) + 1);
      this.#owesGenerator = true;
      yield;
    }
    yield* this.#take('generator', Math.max(this.#places.generator + 1, this.#places.discriminator));
    this.#owesGenerator = false;
    this.#alone = null;
  }

  /**
   * One half-step of one network; the other's weights stay as they are. It belongs to the step after that network's
   * last, which the other may have taken already. Yields between parts; changes weights only at its end.
   */
  *halfStep(network: NetworkName): Generator<void, void> {
    yield* this.#take(network, this.#places[network] + 1);
    this.#alone = { network, halfSteps: this.#alone?.network === network ? this.#alone.halfSteps + 1 : 1 };
  }

  *#take(network: NetworkName, place: number): Generator<void, void> {
    const { generator, discriminator } = this.#optimizers;
    const input = [this.#networks, this.config, this.#batches] as const;
    const scores =
      network === 'discriminator'
        ? yield* update(
            discriminator,
            discriminatorHalfStep(...input, this.#firstStep + discriminator.iterations),
            this.#networks.discriminator,
          )
        : yield* update(
            generator,
            generatorHalfStep(...input, this.#firstStep + generator.iterations),
            this.#networks.generator,
          );
    if (network === 'generator' && this.#drawn !== this.#networks.generator) {
      moveAverage(this.#drawn, this.#networks.generator, this.config.weightAverage);
    }
    this.#places[network] = place;
    this.#unread.push({ network, step: this.#firstStep + place, scores });
  }

  get hasUnreadScores(): boolean {
    return this.#unread.length > 0;
  }

  /** The scores of all half-steps since the last call, oldest first. Waits for the device. */
  async takeScores(): Promise<HalfStepScores[]> {
    const taken = this.#unread;
    this.#unread = [];
    if (taken.length === 0) return [];
    const all = tf.tidy(() => tf.concat(taken.map(({ scores }) => scores)));
    tf.dispose(taken.map(({ scores }) => scores));
    try {
      const values = await all.data();
      let at = 0;
      const next = () => values[at++] ?? Number.NaN;
      return taken.map(({ network, step }) =>
        network === 'generator'
          ? { network, step, loss: next() }
          : { network, step, loss: next(), accuracyReal: next(), accuracyFake: next() },
      );
    } finally {
      all.dispose();
    }
  }

  get #shown(): Networks {
    return { generator: this.#drawn, discriminator: this.#networks.discriminator };
  }

  /**
   * Draws latents with the current weights, which without averaging are the newest; where `between` lets training go
   * on, later chunks use later weights.
   */
  draw(latents: Float32Array, between?: () => Promise<void>, drawnWith: DrawnWith = 'averaged'): Promise<Drawing> {
    return this.#drawers[drawnWith].draw(latents, between);
  }

  /** Copies of all weights; the generator's are the average, where there is one. */
  async weights(): Promise<WeightArrays> {
    return unpacked(await readPacked(this.#shown), this.config);
  }

  /** The same, all in one array in their fixed order. */
  packedWeights(drawnWith: DrawnWith = 'averaged'): Promise<Float32Array<ArrayBuffer>> {
    return readPacked(drawnWith === 'newest' ? this.#networks : this.#shown);
  }

  /** All that training depends on beside the settings and the data, at the moment of the call. */
  async state(): Promise<TrainingState> {
    const { generator, discriminator } = this.#optimizers;
    const counts = countsOf({
      firstStep: this.#firstStep,
      iterations: { generator: generator.iterations, discriminator: discriminator.iterations },
      places: this.#places,
      owesGenerator: this.#owesGenerator,
    });
    return { ...counts, tensors: await readVariables(this.#stateVariables()) };
  }

  /**
   * Sets training to a state: it continues exactly as it did from there. No step may be in progress.
   * @throws GanvasError 'weights-mismatch' when the state is of other settings; then nothing has changed.
   */
  restore(state: TrainingState): void {
    const { firstStep, iterations, owesGenerator, tensors } = state;
    writeVariables(this.#stateVariables(), tensors);
    this.#firstStep = firstStep;
    this.#places = { ...placesOf(state) };
    this.#alone = aheadIn(this.#places);
    this.#optimizers.generator.iterations = iterations.generator;
    this.#optimizers.discriminator.iterations = iterations.discriminator;
    this.#owesGenerator = owesGenerator;
    // These scores belong to steps that will be taken again.
    tf.dispose(this.#unread.map(({ scores }) => scores));
    this.#unread = [];
  }

  /** In the order of `stateShapes`. */
  #stateVariables(): ReadonlyMap<string, tf.Variable> {
    const { generator, discriminator } = this.#networks;
    const variables = new Map<string, tf.Variable>();
    for (const [name, variable] of Object.entries({ ...generator, ...discriminator })) variables.set(name, variable);
    if (this.#drawn !== generator) {
      for (const [name, variable] of Object.entries(this.#drawn)) variables.set(averageOf(name), variable);
    }
    for (const moment of moments) {
      for (const optimizer of [this.#optimizers.generator, this.#optimizers.discriminator]) {
        for (const [name, variable] of optimizer.moments[moment]) variables.set(momentOf(moment, name), variable);
      }
    }
    return variables;
  }

  /** Frees everything on the device. Safe to call twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    tf.dispose(this.#unread.map(({ scores }) => scores));
    this.#unread = [];
    this.#optimizers.generator.dispose();
    this.#optimizers.discriminator.dispose();
    for (const network of Object.values(this.#networks)) tf.dispose({ ...network });
    if (this.#drawn !== this.#networks.generator) tf.dispose({ ...this.#drawn });
  }
}

/** What a restored state says of it: a whole step in progress is one, too. */
function aheadIn({ generator, discriminator }: Readonly<Record<NetworkName, number>>): Alone | null {
  if (generator === discriminator) return null;
  const network = generator > discriminator ? 'generator' : 'discriminator';
  return { network, halfSteps: Math.abs(generator - discriminator) };
}

/**
 * Runs a half-step, applies its gradients and sets the moving statistics, where there are any. Returns its scores,
 * which the caller disposes.
 */
function* update<N extends NetworkName>(
  optimizer: Adam<N>,
  halfStep: Generator<void, HalfStepResult<N>>,
  weights: Variables<N>,
): Generator<void, tf.Tensor1D> {
  const { scores, ...results } = yield* halfStep;
  try {
    optimizer.apply(results as unknown as Gradients<N>);
    assignMovingStatistics(weights, results as Readonly<Record<string, tf.Tensor>>);
  } finally {
    tf.dispose(results);
  }
  return scores;
}
