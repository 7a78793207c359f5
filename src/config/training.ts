// The state of a training as plain data: what the trainer exports and imports, and what a run file holds.
import type { NetworkName } from './networks.ts';
import type { WeightArray } from './weights.ts';

/** How many half-steps of one network one press takes. */
export const halfStepCounts = [1, 10, 100] as const;
export type HalfStepCount = (typeof halfStepCounts)[number];

/** Weights of the generator: the average over its last steps, or as the newest has left them. */
export type DrawnWith = 'averaged' | 'newest';

/** What one network has learnt since the other's newest half-step: the other has not been asked about it yet. */
export interface Alone {
  readonly network: NetworkName;
  readonly halfSteps: number;
}

/** Random numbers are functions of the seed and of these counts: there is no other state of theirs. */
export interface TrainingCounts {
  /** Steps that the weights had seen before this training began. */
  readonly firstStep: number;
  /** Half-steps of each network since then: updates of its optimizer. */
  readonly iterations: Readonly<Record<NetworkName, number>>;
  /**
   * The step, counted from `firstStep`, that each network's newest half-step belongs to. Absent where these are the
   * iterations: both have taken every step together, or only one has taken any alone.
   */
  readonly places?: Readonly<Record<NetworkName, number>> | undefined;
  /** Whether a step has begun whose generator's half is still to come. */
  readonly owesGenerator: boolean;
}

export interface TrainingState extends TrainingCounts {
  /** Those of `stateShapes`. */
  readonly tensors: ReadonlyMap<string, WeightArray>;
}

export const placesOf = ({ places, iterations }: TrainingCounts): Readonly<Record<NetworkName, number>> =>
  places ?? iterations;

/** The step whose weights these are: that of the network which has come further. */
export function stepOf(counts: TrainingCounts): number {
  const { generator, discriminator } = placesOf(counts);
  return counts.firstStep + Math.max(generator, discriminator);
}

/** Whether only one network has taken its half of that step. */
export function isHalf(counts: TrainingCounts): boolean {
  const { generator, discriminator } = placesOf(counts);
  return generator !== discriminator;
}

/** Left out where nothing is lost by that, so that a file of a run without half-steps is what it always was. */
export function countsOf({
  firstStep,
  iterations,
  places = iterations,
  owesGenerator,
}: TrainingCounts): TrainingCounts {
  const isSame = places.generator === iterations.generator && places.discriminator === iterations.discriminator;
  return { firstStep, iterations: { ...iterations }, ...(!isSame && { places: { ...places } }), owesGenerator };
}

/** The most steps of a run: files store the steps of a history as float32, which is exact up to here. */
export const maxStep = 2 ** 24;
