// The messages between the page and the worker that trains: a map of requests, one of events, and what they carry.

import type { CheckpointHead } from '../config/checkpoint.ts';
import type { DatasetId, DatasetInfo } from '../config/datasets.ts';
import type { Place } from '../config/errors.ts';
import type { Finding } from '../config/findings.ts';
import type { Frame, Metrics, Pictures } from '../config/history.ts';
import type { NetworkName } from '../config/networks.ts';
import type { QualityRow, RealQuality } from '../config/quality.ts';
import type { RunConfig } from '../config/run.ts';
import type { StopReason, StopRules } from '../config/stopping.ts';
import type { Alone, DrawnWith, HalfStepCount } from '../config/training.ts';
import type { RunOrigin, Waypoint } from '../config/waypoints.ts';
import type { Accelerator, BackendInUse, BackendName, BackendOffer, Calibration, Measure } from './devices.ts';
import type { EventMessageOf, ReplyMessageOf, RequestMessageOf } from './envelope.ts';
import type { EncodedError } from './errors.ts';
import type { Pace } from './pace.ts';
import type { SessionState } from './states.ts';

/** What is known of a run from its first moment. */
export interface RunDescription {
  readonly workerRun: string;
  /** Permanent, the same through all its resumptions: `workerRun`, unless it was taken up again. */
  readonly runId: string;
  readonly config: RunConfig;
  readonly backend: BackendInUse;
  /** The fixed latents of the grid, [64, latent], row-major. */
  readonly gridLatents: Float32Array<ArrayBuffer>;
  /** Of a run that was taken up again. Its events begin with `restored`. */
  readonly resumed?: Resumed;
}

/** A run that the browser keeps: its newest save, or, as a run of its own, its waypoint of a step. */
export interface Kept {
  readonly runId: string;
  readonly waypoint?: number | undefined;
}

/** What was known of a run before it was taken up again. */
export interface Resumed {
  readonly dataset: DatasetId;
  /** When its first step was taken, in milliseconds since 1970. */
  readonly started: number;
  /** Of training until then, pauses left out. */
  readonly seconds: number;
  /** Newer saves that were damaged: one before had to do. */
  readonly damaged: number;
  readonly origin?: RunOrigin | undefined;
}

/** A backend that has passed the self-test, and settings of the networks with which it did. */
export interface Checked {
  readonly backend: Pick<BackendInUse, 'name' | 'detail'>;
  readonly config: RunConfig;
}

/** What the worker that trains is asked. */
export interface Requests {
  /** What can this browser do? The first request; it may take as long as starting the backends takes. */
  hello: {
    /**
     * Beside pageUrl the worker looks for the host’s own copies of the data. `remembered`: what an earlier visit
     * measured, as the page has kept it; the worker checks whether it is of this device. `checked`: what the worker
     * before this one has trained on, which need not pass the self-test of such networks again while it is the same
     * device.
     */
    send: { pageUrl: string; remembered?: unknown; checked?: Checked };
    /** `calibration` and what Automatic makes of it are null while nothing is known of this device. */
    reply: {
      offers: readonly BackendOffer[];
      automatic: BackendInUse | null;
      hasGpu: boolean;
      calibration: Calibration | null;
    };
  };
  ping: { send: null; reply: null };
  /** The line to the worker that draws: snapshots of the weights go over it from now on, the newest at once. */
  connect: { send: { snapshots: MessagePort }; reply: null };
  /** How work goes out from now on; what the visitor chose outlasts a run. */
  setPace: { send: { pace: Pace }; reply: null };
  /** Which weights draw what one looks at, where a run averages them; the grid follows at once, and the snapshots. */
  setDrawnWith: { send: { weights: DrawnWith }; reply: null };
  /**
   * Starts a new run (untrained) and ends the one before; fetches nothing from other hosts. Ends in 'ready'. Measures
   * the backends before, where Automatic has to choose and nothing is known, or where it is told to.
   */
  create: {
    send: { workerRun: string; config: RunConfig; accelerator: Accelerator; dataset: DatasetId; measure?: Measure };
    reply: RunDescription;
  };
  /** Whether the browser keeps runs by themselves from now on; one tab at most may say so. */
  setAutosave: { send: { enabled: boolean }; reply: null };
  /**
   * Keeps the run as it is, now; `next`: the kept run that is about to be taken up, which makes no place for it.
   * Replies when that is done, or has failed; an event says which.
   */
  save: { send: { next: string | null }; reply: null };
  /** The whole run as a file, to go on with it elsewhere. */
  saveRun: { send: null; reply: { zip: Uint8Array<ArrayBuffer>; fileName: string; step: number } };
  /**
   * Takes up a run where it was saved (the newest whole save that this browser keeps of it, or a file of Save run), or
   * starts a new one from the weights in a zip of ours, on `dataset`. The run in progress stays when that cannot be
   * read. Ends in 'ready'.
   */
  open: {
    send: {
      workerRun: string;
      from: Kept | { readonly zip: Uint8Array<ArrayBuffer>; readonly fileName: string };
      accelerator: Accelerator;
      dataset: DatasetId;
      /**
       * Training is asked for next, and the first digits come with it: drawing some before takes an emulated GPU two
       * seconds.
       */
      thenTrain?: boolean;
    };
    reply: RunDescription;
  };
  /**
   * Trains to the last epoch, until a stop rule ends it, or until paused. Loads the dataset first if need be. Replies
   * once training has begun.
   */
  train: { send: null; reply: null };
  /** Replies when the loop has stopped. */
  pause: { send: null; reply: null };
  /**
   * Half-steps of one network, one after the other; loads the dataset first if need be. Ends in 'paused', and before
   * the last of them where it is aborted.
   */
  halfStep: { send: { network: NetworkName; count: HalfStepCount }; reply: null };
  /** Fetches a dataset, and keeps it for the next run, while the one in progress goes on. */
  fetchDataset: { send: { dataset: DatasetId }; reply: null };
  setLearningRates: { send: { discriminator: number; generator: number }; reply: null };
  /** When training ends by itself, from now on: what the visitor chose outlasts a run. */
  setStopRules: { send: { rules: StopRules }; reply: null };
  /** The real image that a picture (28×28, 0 to 255) is nearest to: whether the generator has learnt it by heart. */
  nearestReal: { send: { picture: Uint8Array<ArrayBuffer> }; reply: NearestReal };
  /** Reads the visitor's files, to be looked at: runs on 'own' learn from what they did until `takeImages`. */
  readImages: { send: { files: readonly File[] }; reply: { info: DatasetInfo; preview: Pictures; inverted: number } };
  /** The images that were read last are 'own' for each run from now on. */
  takeImages: { send: null; reply: null };
  exportWeights: { send: null; reply: { zip: Uint8Array<ArrayBuffer>; fileName: string } };
}

export type RequestName = keyof Requests;

/** A real image and how near it is. */
export interface NearestReal {
  /** 28×28, 0 to 255. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Euclidean, of pixels from 0 to 1. */
  readonly distance: number;
  /** The median distance from a real image to the nearest other one. */
  readonly typical: number;
}

/** A stage of loading, or the first step's compiling. Amounts are absent where nobody can know them. */
export type Progress = {
  readonly loadedBytes?: number;
  readonly totalBytes?: number;
} & (
  | { readonly stage: 'starting' | 'building' | 'drawing' | 'reading-files' }
  | { readonly stage: 'stopping'; readonly what: 'run' | 'measuring' }
  | { readonly stage: 'measuring'; readonly backend: BackendName }
  | { readonly stage: 'fetching'; readonly dataset: DatasetId; readonly from: Place }
  | { readonly stage: 'checking' | 'reading'; readonly dataset: DatasetId }
  | { readonly stage: 'compiling'; readonly what: 'first-step' | 'first-measurement' }
);

/** Where the run stands. `stepsPerSecond` and `secondsLeft` are null until they have been measured. */
export interface TrainingStatus {
  readonly step: number;
  /**
   * Whether only one network's half of `step` has been taken: a pause came before the other, or it was taken by hand.
   */
  readonly half: boolean;
  /** Of each network: equal where neither has taken any alone. */
  readonly halfSteps: Readonly<Record<NetworkName, number>>;
  readonly alone: Alone | null;
  /** Of training so far, pauses left out. */
  readonly seconds: number;
  readonly totalSteps: number;
  /** Counted from 1, as the tutorial prints it. */
  readonly epoch: number;
  readonly epochs: number;
  readonly stepInEpoch: number;
  readonly stepsPerEpoch: number;
  readonly stepsPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** What training takes of the machine. */
export interface MachineUse {
  /** From one step's end to the next; null until it has been measured. */
  readonly msPerStep: number | null;
  readonly tensors: number;
  /** Held by the tensors. */
  readonly bytes: number;
  /** Taken from the device, with what is kept for the tensors to come; null where nobody can know. */
  readonly reservedBytes: number | null;
  /** Tensors more than after the third step, if they have kept growing since; else 0. */
  readonly leaked: number | null;
}

/** Event name → what it carries, beside the worker run. */
export interface Events {
  /** `finished`: which rule has ended training, where one has. */
  state: { state: SessionState; finished: StopReason | null };
  /** null: nothing is being waited for. */
  progress: Progress | null;
  /** The dataset in use, with some of its images; null while none is loaded. */
  dataset: { info: DatasetInfo; samples: Pictures } | null;
  /** The dataset that was asked for could not be fetched: the run goes on with `using`. */
  datasetUnavailable: { wanted: DatasetId; using: DatasetId; error: EncodedError };
  /** Since the last delta. */
  metrics: Metrics;
  trainingStatus: TrainingStatus;
  performance: MachineUse;
  /**
   * What the backends were found to be, and what Automatic makes of it. `keep`: whether to remember it for this device.
   */
  calibration: { calibration: Calibration; automatic: BackendInUse | null; keep: boolean };
  /** All that the run has told so far, in place of what the page knows of it: it was taken up again, or went back. */
  restored: { metrics: Metrics; frames: readonly Frame[]; rows: readonly QualityRow[]; real: RealQuality | null };
  /**
   * The browser keeps the run as it was at that step. `formerly`: the run id that it had until now, where another tab
   * has gone on with it under that; else null. `gone`: the run ids of those that made place for it. `whole`: false
   * where it lacks the visitor's images, which `notSaved` says next.
   */
  saved: {
    readonly head: CheckpointHead;
    readonly formerly: string | null;
    readonly gone: readonly string[];
    readonly whole: boolean;
  };
  /** What a run can be trained on from, by run id, in the order of the steps. */
  waypoints: { readonly runId: string; readonly list: readonly Waypoint[] };
  /**
   * `bytes`: of what was to be written; 0 where it could not even be packed. Without its images a run is kept all the
   * same.
   */
  notSaved: EncodedError & { readonly what: 'run' | 'images'; readonly bytes: number };
  /** The digits of the fixed noise. */
  grid: Frame;
  /** What the same measures give for real images, held against others of them. Comes before the first `quality`. */
  realQuality: RealQuality;
  /** A measurement of fresh samples. */
  quality: QualityRow;
  /** The digits cannot be judged: the classifier could not be had. */
  qualityUnavailable: EncodedError;
  /** What is going on, the most important first; takes the place of what was said before. */
  findings: readonly Finding[];
  /** Something went wrong outside any request. State 'failed' follows if the run cannot go on. */
  problem: EncodedError;
}

export type EventName = keyof Events;

export type RequestMessage = RequestMessageOf<Requests>;
export type EventMessage = EventMessageOf<Events>;
export type WorkerMessage = ReplyMessageOf<Requests> | EventMessage;
