// Which kernels compute: those installed for tfjs's current backend, or else the portable ones.
import * as tf from '@tensorflow/tfjs';
import type { Kernels } from './base/kernels.ts';
import { portableKernels } from './portable/kernels.ts';

const installed = new Map<string, Kernels>();

/** From now on these compute wherever tfjs's backend of that name is the current one. */
export function setKernels(backendName: string, kernels: Kernels): void {
  installed.set(backendName, kernels);
}

/** The kernels of the current backend. */
export function kernels(): Kernels {
  return installed.get(tf.getBackend()) ?? portableKernels;
}
