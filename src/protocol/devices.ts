// What the page and the workers tell each other of this device: its backends, what was measured of them, and which one is used.
import type { BackendName } from '../config/backends.ts';
import type { PresetName } from '../config/presets.ts';

export type { BackendName } from '../config/backends.ts';
export type Accelerator = 'automatic' | BackendName;

/** What they are called, everywhere. */
export const backendLabels: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WASM',
  cpu: 'JavaScript',
};

/** A backend that this browser may have. */
export interface BackendOffer {
  readonly name: BackendName;
  readonly available: boolean;
  /** The device or the lack of it, in words: 'NVIDIA H200', 'emulated in software (SwiftShader)', 'SIMD, 2 threads'. */
  readonly detail: string;
  /** A GPU's work done by the processor. */
  readonly emulated: boolean;
}

/** The backend in use, and why. */
export interface BackendInUse {
  readonly name: BackendName;
  readonly detail: string;
  /** One sentence. */
  readonly reason: string;
}

/** What is known of one backend on this device. */
export interface Measurement {
  readonly name: BackendName;
  readonly detail: string;
  /** A GPU's work done by the processor. */
  readonly emulated: boolean;
  /** Whether it computes rightly; null: it was not tried. */
  readonly passed: boolean | null;
  /** Why it failed, was not tried or could not be timed, in words; null when it passed and was timed. */
  readonly why: string | null;
  /** Milliseconds that a training step of each preset takes, as measured; null where there was no time to find out. */
  readonly msPerStep: Readonly<Record<PresetName, number | null>>;
  /** The same in a run of at least twenty steps, with all that went on around it; null until there was one. */
  readonly msInTraining: Readonly<Record<PresetName, number | null>>;
}

/** What was measured of this device's backends: the page keeps it and hands it to the next worker. */
export interface Calibration {
  /** What the measurements are true of: devices, cores, isolation, and our version of this record. */
  readonly device: string;
  readonly measurements: readonly Measurement[];
}

/**
 * Measure although it is known already: the real devices, or all there are, emulated ones too. 'none': make do with what is
 * known, however little that is.
 */
export type Measure = 'again' | 'all' | 'none';
