// The facts of this device that page and workers exchange: its backends, their measurements, and the backend in use.
import type { BackendName } from '../config/backends.ts';
import type { Failure } from '../config/errors.ts';
import type { PresetName } from '../config/presets.ts';

export type { BackendName } from '../config/backends.ts';
export type Accelerator = 'automatic' | BackendName;

/** What a backend runs on, or that it is not there. */
export type BackendDetail =
  /** A GPU, by the name that the browser gives it. */
  | { readonly on: 'device'; readonly name: string }
  | { readonly on: 'nameless-gpu' | 'software' | 'javascript' | 'nothing' }
  /** `limit`: why there are no more threads than one. */
  | {
      readonly on: 'threads';
      readonly simd: boolean;
      readonly threads: number;
      readonly limit: 'no-isolation' | 'not-started' | null;
    };

/** Why a backend failed, was not tried or could not be timed. */
export type MeasurementNote =
  | { readonly note: 'absent' | 'emulated' | 'slow' | 'untried' }
  | { readonly note: 'too-slow'; readonly steps: number; readonly images: number; readonly seconds: number }
  | { readonly note: 'failed'; readonly cause: Failure }
  /** As an earlier version of this page has stored it, in its words. */
  | { readonly note: 'text'; readonly text: string };

/** Why a backend is in use. */
export type BackendReason =
  /** By the visitor. */
  | { readonly because: 'chosen' }
  | { readonly because: 'no-wasm' | 'no-webgl' | 'webgl-emulated' | 'nothing-else' }
  | { readonly because: 'gpu' | 'failed-twice'; readonly backend: BackendName }
  | { readonly because: 'failed' | 'untimed'; readonly backend: BackendName; readonly why: MeasurementNote | null }
  /** Than which backend, and how many times. */
  | {
      readonly because: 'faster';
      readonly backend: BackendName;
      readonly times: number;
      readonly onAverage: boolean;
    }
  | { readonly because: 'webgpu-not-faster'; readonly times: number };

/** A backend that this browser may have. */
export interface BackendOffer {
  readonly name: BackendName;
  readonly available: boolean;
  readonly detail: BackendDetail;
  /** A GPU's work done by the processor. */
  readonly emulated: boolean;
}

/** The backend in use, and why. */
export interface BackendInUse {
  readonly name: BackendName;
  readonly detail: BackendDetail;
  /** null where there is nothing to say. */
  readonly reason: BackendReason | null;
}

/** What is known of one backend on this device. */
export interface Measurement {
  readonly name: BackendName;
  readonly detail: BackendDetail;
  /** A GPU's work done by the processor. */
  readonly emulated: boolean;
  /** Whether it computes rightly; null: it was not tried. */
  readonly passed: boolean | null;
  /** null when it passed and was timed. */
  readonly why: MeasurementNote | null;
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
 * Measure although it is known already: the real devices, or all there are, emulated ones too. 'none': make do with
 * what is known, however little that is.
 */
export type Measure = 'again' | 'all' | 'none';
