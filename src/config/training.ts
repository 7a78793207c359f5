// The state of a training as plain data: what the trainer exports and imports, and what a run file holds.
import type { NetworkName } from './networks.ts';
import type { WeightArray } from './weights.ts';

/** Random numbers are functions of the seed and of these counts: there is no other state of theirs. */
export interface TrainingCounts {
  /** Steps that the weights had seen before this training began. */
  readonly firstStep: number;
  /** Half-steps of each network since then: updates of its optimizer. */
  readonly iterations: Readonly<Record<NetworkName, number>>;
  /** Whether a step has begun whose generator's half is still to come. */
  readonly owesGenerator: boolean;
}

export interface TrainingState extends TrainingCounts {
  /** Those of `stateShapes`. */
  readonly tensors: ReadonlyMap<string, WeightArray>;
}

/** The step whose weights these are: the half-steps of the network that has taken more of them. */
export const stepOf = ({ firstStep, iterations }: TrainingCounts): number =>
  firstStep + Math.max(iterations.generator, iterations.discriminator);

/** Whether only one network has taken its half of that step. */
export const isHalf = ({ iterations }: TrainingCounts): boolean => iterations.generator !== iterations.discriminator;

/** The most steps of a run: files store the steps of a history as float32, which is exact up to here. */
export const maxStep = 2 ** 24;
