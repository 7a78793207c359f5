// The state of the page: one zustand store, and how each of the worker's events changes it.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DatasetId } from '../../config/datasets.ts';
import { type PresetName, presets } from '../../config/presets.ts';
import type { RunConfig } from '../../config/run.ts';
import type { SettingName } from '../../config/settings.ts';
import { noStopRules, type StopReason, type StopRules } from '../../config/stopping.ts';
import type { DrawnWith } from '../../config/training.ts';
import type { History, HistoryRow } from '../../files/history.ts';
import type {
  Accelerator,
  BackendInUse,
  BackendName,
  BackendOffer,
  BackendReason,
  Calibration,
} from '../../protocol/devices.ts';
import { decodeError } from '../../protocol/errors.ts';
import type {
  EventMessage,
  Events,
  MachineUse,
  Progress,
  RunDescription,
  TrainingStatus,
} from '../../protocol/messages.ts';
import { defaultPace, type Pace } from '../../protocol/pace.ts';
import type { SessionState } from '../../protocol/states.ts';
import { type AutosaveState, nothingSaved } from './autosave.ts';
import type { Exploration } from './exploration.ts';
import { type FrameShown, newestFrame } from './frameShown.ts';
import type { PretrainedState } from './pretrained.ts';
import { addProblem, type Problem, problemOf } from './problems.ts';
import { applyQuality, nothingMeasured, type QualityState, restoredQuality } from './quality.ts';
import { noRuns, type RunHistoryState } from './runHistory.ts';

export interface PageState {
  /** The settings in use: what the run has, or what the next one will have. */
  readonly config: RunConfig;
  /** What 'default' means in the settings. */
  readonly preset: PresetName;
  readonly dataset: DatasetId;
  readonly accelerator: Accelerator;
  /** Why it is not what the visitor has chosen: a recovery has; null where it is. */
  readonly movedBecause: BackendReason | null;
  /** Whether the visitor asked for another accelerator that no run uses yet: the state of the last one is stale. */
  readonly switching: boolean;
  /** What the visitor has chosen; null for what the backend has by itself. */
  readonly pace: Pace | null;
  readonly stopRules: StopRules;
  /** Of a run that averages the generator's weights. */
  readonly drawnWith: DrawnWith;
  /** null until the worker has answered `hello`. */
  readonly browser: { readonly offers: readonly BackendOffer[]; readonly automatic: BackendInUse | null } | null;
  /** What was measured of this device's backends; null while nothing was. */
  readonly calibration: Calibration | null;

  /** The id of the current run: events of any other are dropped. */
  readonly workerRun: string | null;
  readonly description: RunDescription | null;
  readonly session: SessionState;
  /** Which rule has ended training, where one has. */
  readonly finished: StopReason | null;
  /** What was pressed and has not been answered yet. */
  readonly intent: 'train' | 'pause' | 'discriminator' | 'generator' | null;
  /** Whether the run holds something that a new one would lose: a step, or weights from a file. */
  readonly touched: boolean;
  /** The run id of the trained run whose place another has taken last; null before that. */
  readonly ended: string | null;
  /** Whether Reset was pressed, and the run that it made has not been trained. */
  readonly isReset: boolean;
  /** The step of the weights that were last downloaded or opened; null if none were. */
  readonly savedStep: number | null;
  readonly progress: Progress | null;
  readonly loaded: Events['dataset'];
  readonly unavailable: Events['datasetUnavailable'] | null;
  readonly trainingStatus: TrainingStatus | null;
  readonly machineUse: MachineUse | null;
  readonly last: HistoryRow | null;
  /** Counts the changes of the history, which itself is not in the store. */
  readonly historyVersion: number;
  readonly quality: QualityState;
  readonly grid: Events['grid'] | null;
  /** Which of the grids so far is looked at. */
  readonly frameShown: FrameShown;
  /** The newest weights that latents can be drawn with; null while there are none. */
  readonly weights: { readonly workerRun: string; readonly step: number } | null;
  /** A generator that was trained before; null until it has been fetched and drawn. */
  readonly pretrained: PretrainedState | null;
  readonly exploration: Exploration | null;
  /** The runs that this browser keeps. */
  readonly runs: RunHistoryState;
  /** The saved runs that can be continued. */
  readonly autosave: AutosaveState;
  readonly problems: readonly Problem[];
  /** Settings in whose fields something wrong stands, in the order in which it was typed. */
  readonly wrongSettings: readonly SettingName[];
}

export type PageStore = StoreApi<PageState>;

export function createPageStore(): PageStore {
  return createStore<PageState>(() => ({
    config: presets.tutorial.config,
    preset: 'tutorial',
    dataset: 'mnist',
    accelerator: 'automatic',
    movedBecause: null,
    switching: false,
    pace: null,
    stopRules: noStopRules,
    drawnWith: 'averaged',
    browser: null,
    calibration: null,
    workerRun: null,
    description: null,
    session: 'empty',
    finished: null,
    intent: null,
    touched: false,
    ended: null,
    isReset: false,
    savedStep: null,
    progress: null,
    loaded: null,
    unavailable: null,
    trainingStatus: null,
    machineUse: null,
    last: null,
    historyVersion: 0,
    quality: nothingMeasured,
    grid: null,
    frameShown: newestFrame,
    weights: null,
    pretrained: null,
    exploration: null,
    runs: noRuns,
    autosave: nothingSaved,
    problems: [],
    wrongSettings: [],
  }));
}

/** The backend in use, or the one that will be; null until that is known. */
export const backendOf = ({ description, browser }: PageState): BackendName | null =>
  description?.backend.name ?? browser?.automatic?.name ?? null;

/** The backend in use, and why; null while it is being found or changed, or where none could be started. */
export const inUseOf = ({ description, session, switching }: PageState): BackendInUse | null =>
  switching || session === 'failed' ? null : (description?.backend ?? null);

/** The pace in use. */
export function paceOf(state: PageState): Pace | null {
  const backend = backendOf(state);
  return state.pace ?? (backend === null ? null : defaultPace(backend));
}

/** What an event of the current run changes; the history is appended to in passing. */
export function applyEvent(state: PageState, event: EventMessage, history: History): Partial<PageState> {
  switch (event.name) {
    case 'state':
      return {
        session: event.payload.state,
        finished: event.payload.finished,
        ...(event.payload.state === 'training' && { isReset: false }),
      };
    case 'progress':
      return { progress: event.payload };
    case 'dataset':
      return { loaded: event.payload };
    case 'datasetUnavailable':
      return { unavailable: event.payload, dataset: event.payload.using };
    case 'restored': {
      const { metrics, frames, rows, real } = event.payload;
      history.clear();
      history.append(metrics);
      for (const frame of frames) history.frames.add(frame);
      return {
        last: history.last(),
        historyVersion: state.historyVersion + 1,
        grid: frames.at(-1) ?? state.grid,
        frameShown: newestFrame,
        quality: restoredQuality(rows, real),
      };
    }
    case 'saved':
    case 'waypoints':
    case 'notSaved':
      // The autosave handles these; it has its own part of the state.
      return {};
    case 'metrics':
      history.append(event.payload);
      return { last: history.last(), historyVersion: state.historyVersion + 1, touched: true };
    case 'trainingStatus':
      return { trainingStatus: event.payload };
    case 'realQuality':
    case 'quality':
    case 'qualityUnavailable':
    case 'findings':
      return { quality: applyQuality(state.quality, event) };
    case 'performance':
      return { machineUse: event.payload };
    case 'calibration': {
      const { calibration, automatic } = event.payload;
      return { calibration, browser: state.browser && { ...state.browser, automatic } };
    }
    case 'grid':
      history.frames.add(event.payload);
      return { grid: event.payload };
    case 'problem':
      return { problems: addProblem(state.problems, problemOf(decodeError(event.payload), 'training')) };
    default:
      return event satisfies never;
  }
}
