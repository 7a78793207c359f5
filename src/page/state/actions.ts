// What the visitor can do: the actions that the parts of the page call. page.ts carries them out.
import type { DatasetId, DatasetInfo } from '../../config/datasets.ts';
import type { Pictures } from '../../config/history.ts';
import type { NetworkName } from '../../config/networks.ts';
import type { PresetName } from '../../config/presets.ts';
import type { RunConfig } from '../../config/run.ts';
import type { SettingName } from '../../config/settings.ts';
import type { StopRuleName } from '../../config/stopping.ts';
import type { DrawnWith, HalfStepCount } from '../../config/training.ts';
import type { Waypoint } from '../../config/waypoints.ts';
import type { Accelerator, Measure } from '../../protocol/devices.ts';
import type { NearestReal } from '../../protocol/messages.ts';
import type { Pace } from '../../protocol/pace.ts';
import type { Rendering } from '../../protocol/rendering.ts';
import type { Place } from './problems.ts';
import type { PageState } from './store.ts';

export interface ImagesPreview {
  readonly info: DatasetInfo;
  readonly preview: Pictures;
  readonly inverted: number;
}

export interface Actions {
  /** Starts the workers (or new ones, after a failure) and an untrained run with the settings as they are. */
  start(): Promise<void>;
  /** Restarts what was lost: the worker that draws, if only that, or else all. */
  restart(lost: Place): Promise<void>;
  stop(): void;
  train(): Promise<void>;
  pause(): Promise<void>;
  cancel(): Promise<void>;
  reset(): Promise<void>;
  /** Takes back the run that has ended last, where it can be: see `undoable`. */
  undo(): Promise<void>;
  /** The learning rates of the preset, in place of those that were changed. */
  takePresetRates(): void;
  /** So many half-steps of one network, one after the other; Pause ends them. */
  halfStep(network: NetworkName, count?: HalfStepCount): Promise<void>;
  setSetting(name: SettingName, value: number): void;
  /** Whether something wrong stands in the field of this setting: training does not start until it is put right. */
  noteWrongSetting(name: SettingName, isWrong: boolean): void;
  choosePreset(name: PresetName): void;
  chooseDataset(dataset: DatasetId): void;
  /** A new run on the images that were previewed last. */
  takeImages(): void;
  /** Ends the run, if there is one, and starts an untrained one with these. */
  takeSettings(config: RunConfig, dataset: DatasetId): void;
  chooseAccelerator(accelerator: Accelerator): void;
  choosePace(pace: Pace): void;
  /** What the grid and the explored digit are drawn with from now on, also while the run is paused. */
  chooseDrawnWith(weights: DrawnWith): void;
  /** null switches a rule off. A value that is not right changes nothing. */
  chooseStopRule(name: StopRuleName, value: number | null): void;
  /** The real image that a tile of the grid is nearest to. @throws GanvasError */
  nearestReal(picture: Uint8Array<ArrayBuffer>): Promise<NearestReal>;
  /** Measures what this device's accelerators can do, and makes a new run with what is best. */
  measureAccelerators(measure: Exclude<Measure, 'none'>): Promise<void>;
  /** Keeps the measurements so far and makes the new run with them. */
  cancelMeasuring(): Promise<void>;
  /** Tries the dataset again that could not be had, and trains on it. */
  retryDataset(): Promise<void>;
  /** null when they cannot be used; the problem is on the page then. */
  previewImages(files: readonly File[]): Promise<ImagesPreview | null>;
  /** They are looked at no more. */
  closeImages(): void;
  /**
   * A zip of weights, or of a whole run. `only`: weights are refused, as their run would take the place of the one that
   * stands.
   */
  openFile(file: File, only?: 'run'): Promise<void>;
  /** Takes up a run that the browser keeps. */
  resume(kept: string): Promise<void>;
  /** Trains on from a state that was kept on the run's way, as a run of its own. */
  trainFrom(waypoint: Waypoint): Promise<void>;
  /** Trains on from the weights of the generator that was trained before. */
  continuePretrained(): Promise<void>;
  exportWeights(): Promise<{ zip: Uint8Array<ArrayBuffer>; fileName: string } | null>;
  /** The whole run as a file; where no worker can make one, as the browser keeps it. null when there is none. */
  saveRun(): Promise<{ zip: Uint8Array<ArrayBuffer>; fileName: string } | null>;
  /** The same, given to the visitor. */
  downloadRun(): Promise<void>;
  /** After a run went back: with half the learning rates, and on. */
  lowerRatesAndTrain(): Promise<void>;
  render(latent: Float32Array<ArrayBuffer>): Promise<Rendering>;
  explore(change: (state: PageState) => Partial<PageState>): void;
  report(error: unknown, here: Place): void;
  dismiss(place: Place): void;
  dismissStandIn(): void;
}
