// Everything that can go wrong: a code for each sentence, the facts that it needs, and the kind that decides what is
// done. The sentences themselves are the page's: src/ui/words.
import type { BackendName } from './backends.ts';
import type { DatasetId } from './datasets.ts';
import type { NetworkName } from './networks.ts';
import type { SettingName } from './settings.ts';
import type { StopRuleName } from './stopping.ts';

/** What an error names: a file, an entry of an archive, a save in this browser, or a file whose name is not known. */
export type FileName =
  | string
  | { readonly entry: string; readonly of: FileName }
  | { readonly saveOfStep: number }
  | { readonly unnamed: 'zip' | 'run' | 'safetensors' };

/** What is wrong with some JSON. Names are quoted already. */
export type JsonFault =
  | { readonly fault: 'too-deep'; readonly most: number }
  | { readonly fault: 'too-many-values'; readonly most: number }
  | { readonly fault: 'name-twice'; readonly name: string }
  | { readonly fault: 'not-utf-8' }
  | { readonly fault: 'not-json' };

/** Why a host did not give a file of a dataset. */
export type SourceFault =
  | { readonly fault: 'status'; readonly status: number }
  | { readonly fault: 'silent'; readonly seconds: number }
  | { readonly fault: 'broken-off'; readonly bytes: number }
  | { readonly fault: 'unreachable' }
  | { readonly fault: 'too-long' | 'something-else' | 'cut-off' | 'damaged'; readonly file: string }
  | { readonly fault: 'other-content'; readonly file: string; readonly by: 'checksum' | 'size' };

/** A host by its name, or the one that this page comes from. */
export type Place = string | { readonly thisSite: true };

export interface SourceReason {
  readonly places: readonly Place[];
  readonly fault: SourceFault;
}

/** Why a file beside the page could not be had: what the server answered, or what went wrong with it. */
export type FetchReason = { readonly status: number } | Failure;

export type BrokenNumber = 'not-a-number' | 'infinite';
export type OwnFileKind = 'idx' | 'npy' | 'npz' | 'pictures';

/** What the self-test found wrong: the part, and zero, not a number, or the share by which it was off. */
export type SelfTestPart =
  | { readonly part: 'images' }
  | { readonly part: 'gradient' | 'statistic'; readonly weight: string };

interface Recovered {
  readonly cause: Failure;
  /** Whether it was being trained. */
  readonly trained: boolean;
  /** The backend, where it is another than before. */
  readonly movedTo: BackendName | null;
  /** Where the run stands now; 0: at its beginning. */
  readonly step: number;
  readonly half: boolean;
  /** Where it stood before; 0 where it had not begun. */
  readonly lostAt: number;
}

type None = Readonly<Record<never, never>>;
interface OfFile {
  readonly file: FileName;
}
interface OfTensor extends OfFile {
  /** In quotes. */
  readonly tensor: string;
}
interface WrongShape {
  readonly shape: string;
  readonly wanted: string;
}
interface NotFetched {
  readonly dataset: DatasetId;
  readonly reasons: readonly SourceReason[];
}

/**
 * The facts of each error, by its code. They cross between threads and may be stored: plain data, never a part of a
 * sentence. Names out of files are made fit to be shown where they are put in.
 */
export interface ErrorFacts {
  // What is not an error of ours.
  internal: { readonly message: string };

  // Settings.
  'settings-missing': None;
  'setting-not-a-number': { readonly setting: SettingName };
  'setting-out-of-range': { readonly setting: SettingName; readonly value: number };
  /** Left standing wrong where training was asked for. */
  'settings-wrong': { readonly settings: readonly SettingName[] };
  'setting-locked': { readonly problem: Failure; readonly setting: SettingName; readonly inUse: number };
  'stop-rule-not-a-number': { readonly rule: StopRuleName };
  'stop-rule-out-of-range': { readonly rule: StopRuleName; readonly value: number };
  'latent-not-finite': { readonly wanted: number; readonly count: number };
  'latent-length': { readonly wanted: number; readonly count: number };

  // Datasets that are fetched.
  'dataset-http': NotFetched;
  'dataset-network': NotFetched;
  'dataset-stalled': NotFetched;
  'dataset-checksum': NotFetched;
  'loading-images-cancelled': None;
  'loading-cancelled': None;
  'drawing-cancelled': None;
  'no-own-images': None;
  'other-images': { readonly count: number; readonly dataset: DatasetId };
  'images-away': { readonly cause: Failure; readonly dataset: DatasetId };

  // The visitor's own images.
  'no-files': None;
  'files-too-large': { readonly bytes: number; readonly most: number };
  'file-unreadable': OfFile;
  'file-empty': OfFile;
  'file-of-no-kind': OfFile;
  'files-of-no-kind': {
    readonly files: readonly { readonly name: string; readonly isEmpty: boolean }[];
    readonly more: number;
  };
  'mixed-kinds': { readonly kinds: readonly OwnFileKind[] };
  'one-at-a-time': { readonly kind: OwnFileKind; readonly count: number };
  'too-few-images': { readonly count: number; readonly least: number };
  'too-many-images': { readonly count: number; readonly most: number };
  'gzip-damaged': OfFile;
  'gzip-too-large': { readonly file: FileName; readonly most: number; readonly hasOthersBefore: boolean };
  'picture-damaged': OfFile;
  'picture-file-too-large': { readonly file: FileName; readonly most: number };
  'picture-too-large': {
    readonly file: FileName;
    readonly width: number;
    readonly height: number;
    readonly most: number;
  };
  'picture-memory': OfFile;
  'canvas-scrambled': None;
  'idx-magic': {
    readonly file: FileName;
    readonly what: 'images' | 'labels';
    readonly found: number;
    readonly wanted: number;
  };
  'idx-header-cut-off': { readonly file: FileName; readonly bytes: number; readonly header: number };
  'idx-wrong-shape': { readonly file: FileName; readonly rows: number; readonly columns: number };
  'idx-empty': { readonly file: FileName; readonly what: 'images' | 'labels' };
  'idx-length': {
    readonly file: FileName;
    readonly what: 'images' | 'labels';
    readonly count: number;
    readonly wanted: number;
    readonly bytes: number;
  };
  'labels-only': { readonly files: readonly string[] };
  'labels-for-some': { readonly images: readonly string[]; readonly labels: readonly string[] };
  'labels-count': {
    readonly file: string;
    readonly labels: number;
    readonly images: number;
    readonly imagesFile: string;
  };
  'labels-unclear': { readonly file: string; readonly labels: readonly string[] };
  'npy-magic': OfFile;
  'npy-version': { readonly file: FileName; readonly version: number };
  'npy-header-cut-off': { readonly file: FileName; readonly bytes: number };
  'npy-header-too-long': { readonly file: FileName; readonly bytes: number; readonly most: number };
  'npy-no-array': OfFile;
  'npy-wrong-shape': { readonly file: FileName; readonly shape: string };
  'npy-type': { readonly file: FileName; readonly type: string };
  'npy-fortran-order': OfFile;
  'npy-length': {
    readonly file: FileName;
    readonly images: number;
    readonly type: string;
    readonly wanted: number;
    readonly bytes: number;
  };
  'npy-not-finite': { readonly file: FileName; readonly value: number; readonly image: number };
  'npy-range': { readonly file: FileName; readonly least: number; readonly most: number };
  'npz-not-a-zip': OfFile;
  'npz-no-arrays': OfFile;
  'npz-not-npy': OfFile;
  'npz-wrong-shapes': {
    readonly file: FileName;
    readonly arrays: readonly { readonly name: string; readonly shape: string }[];
    readonly more: number;
  };

  // Zips.
  'zip-none': OfFile;
  'zip-cut-off': { readonly file: FileName; readonly bytes: number };
  'zip-64-bit': OfFile;
  'zip-too-many-files': { readonly file: FileName; readonly count: number; readonly most: number };
  'zip-entry-missing': { readonly file: FileName; readonly at: number; readonly of: number };
  'zip-entry-cut-off': { readonly file: FileName; readonly at: number; readonly of: number };
  'zip-table-length': { readonly file: FileName; readonly count: number };
  'zip-name-twice': { readonly file: FileName; readonly name: string };
  'zip-overlap': { readonly file: FileName; readonly names: readonly [string, string] };
  'zip-no-file': { readonly file: FileName; readonly name: string };
  'zip-encrypted': OfFile;
  'zip-entry-too-large': { readonly file: FileName; readonly bytes: number; readonly most: number };
  'zip-packs-too-well': { readonly file: FileName; readonly bytes: number; readonly packed: number };
  'zip-packs-too-badly': { readonly file: FileName; readonly bytes: number; readonly packed: number };
  'zip-entry-misplaced': OfFile;
  'zip-data-cut-off': { readonly file: FileName; readonly bytes: number; readonly packed: number };
  'zip-other-name': OfFile;
  'zip-method': { readonly file: FileName; readonly method: number };
  'zip-stored-length': { readonly file: FileName; readonly bytes: number; readonly packed: number };
  'zip-checksum': OfFile;
  'deflate-damaged': OfFile;
  'deflate-longer': { readonly file: FileName; readonly bytes: number };
  'deflate-shorter': { readonly file: FileName; readonly found: number; readonly bytes: number };
  'deflate-parts': OfFile;
  'deflate-more': OfFile;

  // JSON in files.
  'bad-json': { readonly file: FileName; readonly json: JsonFault };
  'file-settings': { readonly file: FileName; readonly problem: Failure };

  // Safetensors.
  'safetensors-too-short': { readonly file: FileName; readonly bytes: number };
  'safetensors-header-too-long': { readonly file: FileName; readonly bytes: string; readonly most: number };
  'safetensors-header-cut-off': { readonly file: FileName; readonly header: number; readonly bytes: number };
  'safetensors-header-brace': OfFile;
  'safetensors-header-json': { readonly file: FileName; readonly json: JsonFault };
  'safetensors-metadata': OfFile;
  'safetensors-metadata-text': { readonly file: FileName; readonly key: string };
  'safetensors-entry': OfTensor;
  'safetensors-type': OfTensor & { readonly type: string };
  'safetensors-size': OfTensor & { readonly shape: string; readonly bytes: number };
  'safetensors-overlap': OfTensor;
  'safetensors-gap': OfTensor & { readonly bytes: number };
  'safetensors-cut-off': { readonly file: FileName; readonly wanted: number; readonly bytes: number };
  'safetensors-more': { readonly file: FileName; readonly bytes: number };
  'tensor-missing': OfTensor;
  'tensor-shape': OfTensor & WrongShape;
  'tensor-not-finite': OfTensor & { readonly value: number; readonly at: number; readonly of: number };
  'tensor-negative': OfTensor & { readonly value: number };
  'tensor-unknown': OfTensor;

  // Files of Download weights and Save run.
  'opened-too-large': { readonly file: FileName; readonly bytes: number; readonly most: number };
  'weights-format': { readonly file: FileName; readonly format: string };
  'weights-version': { readonly file: FileName; readonly version: number; readonly most: number };
  'weights-and-no-run': OfFile;
  'weights-no-config': OfFile;
  'weights-two-configs': { readonly file: FileName; readonly count: number };
  'weights-field': { readonly file: FileName; readonly field: string };
  'weights-steps': { readonly file: FileName; readonly steps: number; readonly most: number };
  'run-format': { readonly file: FileName; readonly format: string };
  'run-version': { readonly file: FileName; readonly version: number; readonly most: number };
  'run-no-head': OfFile;
  'run-field': { readonly file: FileName; readonly field: string };
  'run-steps': { readonly file: FileName; readonly steps: number; readonly most: number };
  'run-half-step': OfFile;
  'run-measurements-order': OfFile;
  'run-grids-length': { readonly file: FileName; readonly bytes: number; readonly grids: number };
  'run-grids-order': OfFile;
  'run-realness-missing': OfFile;
  'run-realness-value': OfFile;
  'run-history-no-steps': OfFile;
  'run-history-order': OfFile;
  'run-history-missing': { readonly file: FileName; readonly series: string };
  'run-history-infinite': { readonly file: FileName; readonly series: string };
  'run-history-share': { readonly file: FileName; readonly series: string };
  'run-too-many-steps': { readonly steps: number; readonly most: number };
  'cannot-save-weight': { readonly weight: string; readonly wanted: string };
  'cannot-save-tensor': { readonly tensor: string; readonly shape: string; readonly count: number };
  'cannot-save-run': { readonly weight: string };

  // What this browser stores.
  'storage-full': None;
  'storage-full-for-images': None;
  'no-storage': { readonly message: string };
  'run-not-kept': None;
  'run-damaged': None;
  'history-full': None;
  'history-of-newer-page': None;
  'history-not-kept': None;
  'history-trouble': { readonly message: string };

  // Networks and numbers.
  'weights-lack': { readonly weight: string };
  'weights-shape': { readonly weight: string } & WrongShape;
  'weights-count': { readonly count: number; readonly wanted: number };
  'saved-run-lacks': { readonly weight: string };
  'saved-run-shape': { readonly weight: string } & WrongShape;
  'number-broken': { readonly weight: string; readonly value: BrokenNumber };
  'loss-broken': { readonly network: NetworkName; readonly value: BrokenNumber; readonly step: number };
  'run-went-back': { readonly cause: Failure; readonly step: number };
  'pixels-broken': None;
  'too-few-to-measure': { readonly count: number };
  'too-few-to-compare': { readonly count: number; readonly least: number };
  'no-classifier': { readonly reason: FetchReason };
  'classifier-freed': None;
  'classifier-lacks': { readonly weight: string };
  'classifier-shape': { readonly weight: string; readonly count: number } & WrongShape;
  'classifier-not-finite': { readonly weight: string };

  // The accelerator.
  'webgpu-not-loaded': None;
  'webgpu-not-started': None;
  'webgpu-absent': None;
  'webgpu-error': { readonly message: string };
  'webgl-absent': None;
  'wasm-not-loaded': None;
  'wasm-not-started': None;
  'wasm-absent': None;
  'gpu-lost': None;
  'gpu-memory': None;
  'device-memory': None;
  'self-test-loss': {
    readonly backend: BackendName;
    readonly network: NetworkName;
    readonly loss: number | BrokenNumber;
    readonly expected: number;
  };
  'self-test-off': {
    readonly backend: BackendName;
    readonly what: SelfTestPart;
    readonly off: 'zero' | 'not-a-number' | number;
  };
  'measuring-cancelled': None;

  // The workers, and what they are asked.
  'no-workers-here': None;
  'worker-refused': None;
  'worker-not-started': { readonly message: string };
  'worker-restarted': None;
  'worker-not-running': None;
  'worker-silent': None;
  'worker-crashed': { readonly message: string };
  'worker-unreadable': None;
  'renderer-not-running': None;
  'renderer-silent': None;
  'renderer-crashed': { readonly message: string };
  'renderer-unreadable': None;
  'request-not-sent': { readonly request: string; readonly message: string };
  'request-not-allowed': { readonly request: string; readonly state: string };
  'no-run': None;
  'nothing-saved': None;
  'no-images-yet': None;
  'something-in-progress': None;
  'something-newer': None;
  'not-wanted-any-more': None;
  'meant-for-another-run': { readonly request: string };
  'another-run': None;
  recovered: Recovered;
  'recovered-slower': Recovered;

  // Exploring.
  'weights-not-here': None;
  'nothing-to-draw-with': None;
  'another-worker-draws': None;
  'latent-of-another-run': None;
  'pretrained-not-fetched': { readonly reason: FetchReason };
}

export type ErrorCode = keyof ErrorFacts;

/** An error as plain data. */
export type Failure<Code extends ErrorCode = ErrorCode> = {
  [C in Code]: { readonly code: C; readonly facts: ErrorFacts[C] };
}[Code];

/** What to do about an error, where to show it and whether to go on is decided by its kind. */
const kinds = {
  internal: 'internal',

  'settings-missing': 'bad-settings',
  'setting-not-a-number': 'bad-settings',
  'setting-out-of-range': 'bad-settings',
  'setting-locked': 'bad-settings',
  'settings-wrong': 'bad-settings',
  'stop-rule-not-a-number': 'bad-settings',
  'stop-rule-out-of-range': 'bad-settings',
  'latent-not-finite': 'bad-settings',
  'latent-length': 'bad-settings',

  'dataset-http': 'http',
  'dataset-network': 'network',
  'dataset-stalled': 'stalled',
  'dataset-checksum': 'checksum',
  'loading-images-cancelled': 'cancelled',
  'loading-cancelled': 'cancelled',
  'drawing-cancelled': 'cancelled',
  'no-own-images': 'too-few-images',
  'other-images': 'other-images',
  'images-away': 'images-away',

  'no-files': 'bad-file',
  'files-too-large': 'too-large',
  'file-unreadable': 'bad-file',
  'file-empty': 'bad-file',
  'file-of-no-kind': 'bad-file',
  'files-of-no-kind': 'bad-file',
  'mixed-kinds': 'bad-file',
  'one-at-a-time': 'bad-file',
  'too-few-images': 'too-few-images',
  'too-many-images': 'too-large',
  'gzip-damaged': 'bad-file',
  'gzip-too-large': 'too-large',
  'picture-damaged': 'bad-file',
  'picture-file-too-large': 'too-large',
  'picture-too-large': 'too-large',
  'picture-memory': 'out-of-memory',
  'canvas-scrambled': 'canvas-scrambled',
  'idx-magic': 'bad-file',
  'idx-header-cut-off': 'bad-file',
  'idx-wrong-shape': 'wrong-shape',
  'idx-empty': 'bad-file',
  'idx-length': 'bad-file',
  'labels-only': 'bad-file',
  'labels-for-some': 'bad-file',
  'labels-count': 'bad-file',
  'labels-unclear': 'bad-file',
  'npy-magic': 'bad-file',
  'npy-version': 'bad-file',
  'npy-header-cut-off': 'bad-file',
  'npy-header-too-long': 'bad-file',
  'npy-no-array': 'bad-file',
  'npy-wrong-shape': 'wrong-shape',
  'npy-type': 'bad-file',
  'npy-fortran-order': 'bad-file',
  'npy-length': 'bad-file',
  'npy-not-finite': 'bad-file',
  'npy-range': 'bad-file',
  'npz-not-a-zip': 'bad-file',
  'npz-no-arrays': 'bad-file',
  'npz-not-npy': 'bad-file',
  'npz-wrong-shapes': 'wrong-shape',

  'zip-none': 'not-our-weights',
  'zip-cut-off': 'bad-file',
  'zip-64-bit': 'bad-file',
  'zip-too-many-files': 'too-large',
  'zip-entry-missing': 'bad-file',
  'zip-entry-cut-off': 'bad-file',
  'zip-table-length': 'bad-file',
  'zip-name-twice': 'bad-file',
  'zip-overlap': 'bad-file',
  'zip-no-file': 'bad-file',
  'zip-encrypted': 'bad-file',
  'zip-entry-too-large': 'too-large',
  'zip-packs-too-well': 'bad-file',
  'zip-packs-too-badly': 'bad-file',
  'zip-entry-misplaced': 'bad-file',
  'zip-data-cut-off': 'bad-file',
  'zip-other-name': 'bad-file',
  'zip-method': 'bad-file',
  'zip-stored-length': 'bad-file',
  'zip-checksum': 'bad-file',
  'deflate-damaged': 'bad-file',
  'deflate-longer': 'bad-file',
  'deflate-shorter': 'bad-file',
  'deflate-parts': 'bad-file',
  'deflate-more': 'bad-file',

  'bad-json': 'bad-file',
  'file-settings': 'bad-settings',

  'safetensors-too-short': 'bad-file',
  'safetensors-header-too-long': 'bad-file',
  'safetensors-header-cut-off': 'bad-file',
  'safetensors-header-brace': 'bad-file',
  'safetensors-header-json': 'bad-file',
  'safetensors-metadata': 'bad-file',
  'safetensors-metadata-text': 'bad-file',
  'safetensors-entry': 'bad-file',
  'safetensors-type': 'bad-file',
  'safetensors-size': 'bad-file',
  'safetensors-overlap': 'bad-file',
  'safetensors-gap': 'bad-file',
  'safetensors-cut-off': 'bad-file',
  'safetensors-more': 'bad-file',
  'tensor-missing': 'weights-mismatch',
  'tensor-shape': 'weights-mismatch',
  'tensor-not-finite': 'non-finite-weights',
  'tensor-negative': 'weights-mismatch',
  'tensor-unknown': 'weights-mismatch',

  'opened-too-large': 'too-large',
  'weights-format': 'not-our-weights',
  'weights-version': 'not-our-weights',
  'weights-and-no-run': 'weights-and-no-run',
  'weights-no-config': 'not-our-weights',
  'weights-two-configs': 'not-our-weights',
  'weights-field': 'not-our-weights',
  'weights-steps': 'bad-file',
  'run-format': 'not-our-run',
  'run-version': 'not-our-run',
  'run-no-head': 'not-our-run',
  'run-field': 'bad-file',
  'run-steps': 'bad-file',
  'run-half-step': 'bad-file',
  'run-measurements-order': 'bad-file',
  'run-grids-length': 'bad-file',
  'run-grids-order': 'bad-file',
  'run-realness-missing': 'bad-file',
  'run-realness-value': 'bad-file',
  'run-history-no-steps': 'bad-file',
  'run-history-order': 'bad-file',
  'run-history-missing': 'bad-file',
  'run-history-infinite': 'bad-file',
  'run-history-share': 'bad-file',
  'run-too-many-steps': 'too-many-steps',
  'cannot-save-weight': 'internal',
  'cannot-save-tensor': 'internal',
  'cannot-save-run': 'internal',

  'storage-full': 'storage-full',
  'storage-full-for-images': 'storage-full',
  'no-storage': 'no-storage',
  'run-not-kept': 'bad-file',
  'run-damaged': 'bad-file',
  'history-full': 'storage-full',
  'history-of-newer-page': 'no-storage',
  'history-not-kept': 'no-storage',
  'history-trouble': 'no-storage',

  'weights-lack': 'weights-mismatch',
  'weights-shape': 'weights-mismatch',
  'weights-count': 'weights-mismatch',
  'saved-run-lacks': 'weights-mismatch',
  'saved-run-shape': 'weights-mismatch',
  'number-broken': 'non-finite-loss',
  'loss-broken': 'non-finite-loss',
  'run-went-back': 'non-finite-loss',
  'pixels-broken': 'non-finite-loss',
  'too-few-to-measure': 'internal',
  'too-few-to-compare': 'too-few-images',
  'no-classifier': 'no-classifier',
  'classifier-freed': 'internal',
  'classifier-lacks': 'weights-mismatch',
  'classifier-shape': 'weights-mismatch',
  'classifier-not-finite': 'non-finite-weights',

  'webgpu-not-loaded': 'no-webgpu',
  'webgpu-not-started': 'no-webgpu',
  'webgpu-absent': 'no-webgpu',
  'webgpu-error': 'wrong-accelerator',
  'webgl-absent': 'no-webgl',
  'wasm-not-loaded': 'no-wasm',
  'wasm-not-started': 'no-wasm',
  'wasm-absent': 'no-wasm',
  'gpu-lost': 'accelerator-lost',
  'gpu-memory': 'out-of-memory',
  'device-memory': 'out-of-memory',
  'self-test-loss': 'wrong-accelerator',
  'self-test-off': 'wrong-accelerator',
  'measuring-cancelled': 'cancelled',

  'no-workers-here': 'no-worker',
  'worker-refused': 'no-worker',
  'worker-not-started': 'no-worker',
  'worker-restarted': 'cancelled',
  'worker-not-running': 'cancelled',
  'worker-silent': 'worker-silent',
  'worker-crashed': 'worker-crashed',
  'worker-unreadable': 'worker-crashed',
  'renderer-not-running': 'cancelled',
  'renderer-silent': 'renderer-silent',
  'renderer-crashed': 'renderer-crashed',
  'renderer-unreadable': 'renderer-crashed',
  'request-not-sent': 'internal',
  'request-not-allowed': 'not-now',
  'no-run': 'not-now',
  'nothing-saved': 'nothing-to-save',
  'no-images-yet': 'not-now',
  'something-in-progress': 'not-now',
  'something-newer': 'cancelled',
  'not-wanted-any-more': 'cancelled',
  'meant-for-another-run': 'not-now',
  'another-run': 'cancelled',
  recovered: 'recovered',
  'recovered-slower': 'recovered-slower',

  'weights-not-here': 'not-now',
  'nothing-to-draw-with': 'not-now',
  'another-worker-draws': 'not-now',
  'latent-of-another-run': 'not-now',
  'pretrained-not-fetched': 'network',
} as const satisfies Record<ErrorCode, string>;

export type ErrorKind = (typeof kinds)[ErrorCode];

/** Errors of one kind have the same advice. Comments on what a function throws name the kind. */
export const kindOf: Readonly<Record<ErrorCode, ErrorKind>> = kinds;

/** Whether this is a code of ours: what crosses between threads or comes out of storage may be of another version. */
export const isErrorCode = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(kinds, code);

/** An error as code and facts. Its message is for developers; the visitor reads the page's sentence. */
export interface GanvasError extends Error {
  readonly name: 'GanvasError';
  readonly code: ErrorCode;
  readonly facts: ErrorFacts[ErrorCode];
  readonly kind: ErrorKind;
}

/** Each code is checked with its own facts here, and `instanceof` narrows to an error of any code. */
interface GanvasErrorConstructor {
  readonly prototype: GanvasError;
  new <C extends ErrorCode>(code: C, facts: ErrorFacts[C], options?: ErrorOptions): GanvasError;
}

export const GanvasError: GanvasErrorConstructor = class extends Error implements GanvasError {
  override readonly name = 'GanvasError';
  readonly code: ErrorCode;
  readonly facts: ErrorFacts[ErrorCode];
  readonly kind: ErrorKind;

  constructor(code: ErrorCode, facts: ErrorFacts[ErrorCode], options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(facts)}`, options);
    this.code = code;
    this.facts = facts;
    this.kind = kinds[code];
  }
};

/** What anything that was thrown is as plain data: what is no error of ours is 'internal', with its own message. */
export function failureOf(error: unknown): Failure {
  if (error instanceof GanvasError) return { code: error.code, facts: error.facts } as Failure;
  return { code: 'internal', facts: { message: error instanceof Error ? error.message : String(error) } };
}
