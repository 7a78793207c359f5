// A trainer without arithmetic: it counts half-steps, takes virtual time, and says so where it is used after its end.
import type { NetworkName } from '../../src/config/networks.ts';
import { fixed, type RunConfig } from '../../src/config/run.ts';
import { type Alone, countsOf, placesOf, type TrainingState } from '../../src/config/training.ts';
import { sizeOf, stateShapes, type WeightArray, type WeightArrays, weightShapes } from '../../src/config/weights.ts';
import type { Drawing } from '../../src/gan/networks/drawer.ts';
import type { Batches } from '../../src/gan/training/batches.ts';
import type { HalfStepScores, Trainer as RealTrainer, StartingPoint } from '../../src/gan/training/trainer.ts';
import { theWorld } from './globals.ts';
import type { Thread } from './world.ts';

/** Virtual time that each half of a step takes: an epoch of twelve steps is three seconds. */
const halfStepMs = 120;

/** Threads whose next loss is no number. */
export const poisoned = new WeakSet<Thread>();

const filled = (shapes: ReadonlyMap<string, readonly number[]>, value: number): Map<string, WeightArray> =>
  new Map([...shapes].map(([name, shape]) => [name, { shape, data: new Float32Array(sizeOf(shape)).fill(value) }]));

export class Trainer implements Pick<RealTrainer, keyof RealTrainer> {
  readonly config: RunConfig;
  readonly #thread = theWorld().current;
  #firstStep: number;
  #iterations = { generator: 0, discriminator: 0 };
  #places = { generator: 0, discriminator: 0 };
  #owesGenerator = false;
  #unread: HalfStepScores[] = [];
  #isDisposed = false;

  constructor(config: RunConfig, _batches: Batches, { step = 0 }: StartingPoint = {}) {
    this.config = config;
    this.#firstStep = step;
  }

  get step(): number {
    return this.#firstStep + Math.max(this.#places.generator, this.#places.discriminator);
  }

  get halfSteps(): number {
    return this.#iterations.generator + this.#iterations.discriminator;
  }

  get isHalf(): boolean {
    return this.#places.generator !== this.#places.discriminator;
  }

  get halfStepsOf(): Readonly<Record<NetworkName, number>> {
    const { generator, discriminator } = this.#iterations;
    return { generator: this.#firstStep + generator, discriminator: this.#firstStep + discriminator };
  }

  get alone(): Alone | null {
    return null;
  }

  get hasUnreadScores(): boolean {
    return this.#unread.length > 0;
  }

  setBatches(_batches: Batches): void {
    this.#check();
  }

  setLearningRates(_rates: Readonly<Record<NetworkName, number>>): void {
    this.#check();
  }

  *trainStep(): Generator<void, void> {
    if (!this.#owesGenerator) {
      yield* this.#take('discriminator', Math.max(this.#places.generator, this.#places.discriminator) + 1);
      this.#owesGenerator = true;
      yield;
    }
    yield* this.#take('generator', Math.max(this.#places.generator + 1, this.#places.discriminator));
    this.#owesGenerator = false;
  }

  halfStep(network: NetworkName): Generator<void, void> {
    return this.#take(network, this.#places[network] + 1);
  }

  *#take(network: NetworkName, place: number): Generator<void, void> {
    this.#check();
    yield;
    this.#check();
    theWorld().now += halfStepMs;
    this.#iterations[network] += 1;
    this.#places[network] = place;
    const step = this.#firstStep + place;
    const loss = poisoned.delete(this.#thread) ? Number.NaN : 0.7;
    this.#unread.push(
      network === 'generator' ? { network, step, loss } : { network, step, loss, accuracyReal: 0.5, accuracyFake: 0.5 },
    );
  }

  async takeScores(): Promise<HalfStepScores[]> {
    this.#check();
    const taken = this.#unread;
    this.#unread = [];
    if (taken.length > 0) await theWorld().turn('scores');
    return taken;
  }

  async draw(latents: Float32Array, between?: () => Promise<void>): Promise<Drawing> {
    this.#check();
    const count = latents.length / this.config.latent;
    await between?.();
    this.#check();
    await theWorld().turn('digits');
    return { pixels: new Float32Array(count * fixed.imageSize ** 2), realness: new Float32Array(count).fill(0.5) };
  }

  async weights(): Promise<WeightArrays> {
    const shapes = new Map([...weightShapes('generator', this.config), ...weightShapes('discriminator', this.config)]);
    const arrays = Object.fromEntries(filled(shapes, 1)) as WeightArrays;
    await theWorld().turn('weights');
    return arrays;
  }

  async packedWeights(): Promise<Float32Array<ArrayBuffer>> {
    this.#check();
    return new Float32Array(1);
  }

  async state(): Promise<TrainingState> {
    this.#check();
    const counts = countsOf({
      firstStep: this.#firstStep,
      iterations: this.#iterations,
      places: this.#places,
      owesGenerator: this.#owesGenerator,
    });
    await theWorld().turn('state');
    return { ...counts, tensors: filled(stateShapes(this.config), 1) };
  }

  restore(state: TrainingState): void {
    const { firstStep, iterations, owesGenerator } = state;
    this.#check();
    this.#places = { ...placesOf(state) };
    this.#firstStep = firstStep;
    this.#iterations = { ...iterations };
    this.#owesGenerator = owesGenerator;
    this.#unread = [];
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#unread = [];
  }

  #check(): void {
    if (!this.#isDisposed) return;
    const error = new Error('A trainer is used after its end.');
    theWorld().violate(error.stack ?? error.message);
    throw error;
  }
}
