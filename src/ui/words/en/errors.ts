// English: what went wrong, one sentence for each code, and what to press or change, one for each kind.

import type {
  BrokenNumber,
  Failure,
  FetchReason,
  FileName,
  JsonFault,
  OwnFileKind,
  SelfTestPart,
  SourceFault,
} from '../../../config/errors.ts';
import { settings as settingFacts } from '../../../config/settings.ts';
import { stopRules as ruleFacts } from '../../../config/stopping.ts';
import { type ErrorWords, errorSentence } from '../errorSentence.ts';
import { backends } from './accelerators.ts';
import { datasets } from './datasets.ts';
import { format } from './format.ts';
import { placeName } from './progress.ts';
import { settings, stopRules } from './settings.ts';

const { count, setting, steps } = format;

const sentence = (failure: Failure): string => errorSentence({ errors }, failure);
const withoutStop = (text: string): string => text.replace(/\.$/, '');
const megabytes = (bytes: number, round = Math.round): string => `${round(bytes / 2 ** 20)} MB`;
const plural = (many: number, one: string): string => `${count(many)} ${one}${many === 1 ? '' : 's'}`;

function nameOf(file: FileName): string {
  if (typeof file === 'string') return file;
  if ('entry' in file) return `${file.entry} in ${nameOf(file.of)}`;
  if ('saveOfStep' in file) return `The save of step ${file.saveOfStep}`;
  return { zip: 'The zip', run: 'The run', safetensors: 'The safetensors file' }[file.unnamed];
}

const kindNames: Readonly<Record<OwnFileKind, string>> = {
  idx: 'IDX files',
  npy: '.npy files',
  npz: '.npz files',
  pictures: 'pictures',
};

function jsonFault(json: JsonFault): string {
  switch (json.fault) {
    case 'too-deep':
      return `is nested more than ${json.most} levels deep`;
    case 'too-many-values':
      return `has more than ${json.most} values`;
    case 'name-twice':
      return `has the name ${json.name} twice`;
    case 'not-utf-8':
      return 'is not UTF-8 text';
    case 'not-json':
      return 'is not JSON';
    default:
      return json satisfies never;
  }
}

function sourceFault(source: SourceFault): string {
  switch (source.fault) {
    case 'status':
      return `answered ${source.status}`;
    case 'silent':
      return `sent no byte for ${source.seconds} s`;
    case 'broken-off':
      return `broke off after ${count(source.bytes)} bytes`;
    case 'unreachable':
      return 'could not be reached';
    case 'too-long':
      return `sent more than ${source.file} has`;
    case 'something-else':
      return `sent something else than ${source.file}`;
    case 'cut-off':
      return `sent ${source.file} cut off`;
    case 'damaged':
      return `sent ${source.file} damaged or cut off`;
    case 'other-content': {
      const how = source.by === 'checksum' ? 'its SHA-256 differs' : 'it is larger';
      return `sent another ${source.file} than the official one (${how})`;
    }
    default:
      return source satisfies never;
  }
}

/** 'MNIST could not be fetched: a.org answered 404, and b.org sent no byte for 4 s.' */
const notFetched: ErrorWords['errors']['dataset-http'] = ({ dataset, reasons }) => {
  const each = reasons.map(({ places, fault }) => `${places.map(placeName).join(' and ')} ${sourceFault(fault)}`);
  return `${datasets[dataset]} could not be fetched: ${each.join(', and ')}.`;
};

function fetchReason(reason: FetchReason): string {
  if ('status' in reason) return `the server answered ${reason.status}`;
  return withoutStop(reason.code === 'internal' ? reason.facts.message : sentence(reason));
}

const brokenNumber = (value: BrokenNumber): string => (value === 'infinite' ? 'infinite' : 'not a number');

function selfTestPart(what: SelfTestPart): string {
  if (what.part === 'images') return 'what the generator draws';
  return what.part === 'gradient' ? `the gradient of ${what.weight}` : `the next ${what.weight}`;
}

const files = (names: readonly string[], what: 'images' | 'labels'): string =>
  `${names.length} ${names.length === 1 ? 'file' : 'files'} of ${what} (${names.join(', ')})`;

const crashed = (message: string): string => (message === '' ? '' : ` (${message})`);

function recovered({ cause, trained, movedTo, step, half, lostAt }: Parameters<ErrorWords['errors']['recovered']>[0]) {
  const where = movedTo === null ? '' : ` on ${backends[movedTo]}`;
  const begun = lostAt > 0 ? 'The run has begun anew' : trained ? 'A new run trains' : 'A new run stands';
  const goesOn = trained ? `The run goes on${where} from` : `The run waits${where} at`;
  const what = step === 0 ? `${begun}${where}` : `${goesOn} step ${steps(step, half)}`;
  const lost = lostAt > step ? `, ${plural(lostAt - step, 'step')} back` : '';
  return `${sentence(cause)} ${what}${lost}.`;
}

function wantedSetting(name: keyof typeof settings): string {
  const { label } = settings[name];
  const { kind, min, max, whole } = settingFacts[name];
  const numbers = { any: 'a whole number', even: 'an even whole number', odd: 'an odd whole number' };
  if (kind === 'switch') return `${label} must be 0 (off) or 1 (on)`;
  return `${label} must be ${whole === undefined ? 'a number' : numbers[whole]} from ${min} to ${max}`;
}

/** 'Filters', 'Filters and Batch', 'Filters, Batch and Seed'. */
function settingList(names: readonly (keyof typeof settings)[]): string {
  return new Intl.ListFormat('en-GB').format(names.map((name) => settings[name].label));
}

function wantedRule(name: keyof typeof stopRules): string {
  const { label, unit } = stopRules[name];
  const { min, max, whole } = ruleFacts[name];
  return `“${label} … ${unit}” must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}, or empty`;
}

const arrayShapes = '(n, 28, 28) or (n, 28, 28, 1)';

export const errors: ErrorWords['errors'] = {
  internal: ({ message }) => `Something broke inside: ${message}`,

  'settings-missing': () => 'The settings are not a list of names and numbers.',
  'setting-not-a-number': (facts) => `${wantedSetting(facts.setting)}, and this is not a number.`,
  'setting-out-of-range': (facts) => `${wantedSetting(facts.setting)}, not ${facts.value}.`,
  'settings-wrong': (facts) =>
    `Training has not started: ${settingList(facts.settings)} ${facts.settings.length === 1 ? 'has' : 'have'} no right value.`,
  'setting-locked': ({ problem, inUse }) => `${sentence(problem)} This run has ${setting(inUse)}.`,
  'stop-rule-not-a-number': ({ rule }) => `${wantedRule(rule)}, and this is not a number.`,
  'stop-rule-out-of-range': ({ rule, value }) => `${wantedRule(rule)}, not ${value}.`,
  'latent-not-finite': (facts) => `A latent must be ${facts.wanted} finite numbers, not ${facts.count}.`,
  'latent-length': (facts) => `A latent of this run has ${facts.wanted} numbers, not ${facts.count}.`,

  'dataset-http': notFetched,
  'dataset-network': notFetched,
  'dataset-stalled': notFetched,
  'dataset-checksum': notFetched,
  'loading-images-cancelled': () => 'Loading the images was cancelled.',
  'loading-cancelled': () => 'Loading was cancelled.',
  'drawing-cancelled': () => 'Drawing the digits was cancelled.',
  'no-own-images': () => 'No images of your own have been chosen yet.',
  'other-images': (facts) =>
    `This run has learnt from ${facts.count} images of “${datasets[facts.dataset]}”, and the images here are others.`,
  'images-away': ({ cause, dataset }) =>
    `${sentence(cause)} This run has learnt from ${datasets[dataset]}, and goes on with nothing else.`,

  'no-files': () => 'No files were chosen.',
  'files-too-large': ({ bytes, most }) =>
    `These files have ${megabytes(bytes)} together; ${megabytes(most)} is the most.`,
  'file-unreadable': ({ file }) => `${nameOf(file)} cannot be read.`,
  'file-empty': ({ file }) => `${nameOf(file)} is empty.`,
  'file-of-no-kind': ({ file }) => `${nameOf(file)} is neither IDX, .npy or .npz nor a picture (PNG, JPEG).`,
  'files-of-no-kind': (facts) => {
    const named = facts.files.map(({ name, isEmpty }) => (isEmpty ? `${name} (empty)` : name));
    const last = facts.more > 0 ? `${facts.more} more` : named.pop();
    return `${named.join(', ')} and ${last} are neither IDX, .npy or .npz nor pictures (PNG, JPEG).`;
  },
  'mixed-kinds': ({ kinds }) =>
    `These are ${kinds.map((kind) => kindNames[kind]).join(' and ')} together: choose one kind at a time.`,
  'one-at-a-time': (facts) => `These are ${facts.count} ${kindNames[facts.kind]}: choose one at a time.`,
  'too-few-images': (facts) => {
    const images = facts.count === 1 ? '1 image was' : `${facts.count} images were`;
    return `Only ${images} found, and training needs at least ${facts.least}.`;
  },
  'too-many-images': (facts) => `${count(facts.count)} images are too many: ${count(facts.most)} is the most.`,
  'gzip-damaged': ({ file }) => `${nameOf(file)} is damaged or cut off: it cannot be gunzipped.`,
  'gzip-too-large': ({ file, most, hasOthersBefore }) => {
    const what = hasOthersBefore ? 'and the gzipped files before it unpack' : 'unpacks';
    return `${nameOf(file)} ${what} to more than ${megabytes(most)}.`;
  },
  'picture-damaged': ({ file }) => `${nameOf(file)} is damaged: this browser cannot decode it.`,
  'picture-file-too-large': ({ file, most }) => `${nameOf(file)} is larger than ${megabytes(most)}.`,
  'picture-too-large': ({ file, width, height, most }) =>
    `${nameOf(file)} has ${width}×${height} pixels; ${most} a side is the most.`,
  'picture-memory': ({ file }) => `There is no memory to decode ${nameOf(file)}.`,
  'canvas-scrambled': () => 'This browser hides pictures from the page: it gives stripes in their place.',
  'idx-magic': ({ file, what, found, wanted }) =>
    `${nameOf(file)} is not an IDX file of ${what}: it begins with the number ${found}, not ${wanted}.`,
  'idx-header-cut-off': ({ file, bytes, header }) =>
    `${nameOf(file)} is cut off: it has ${bytes} bytes, and an IDX file begins with ${header} that tell its size.`,
  'idx-wrong-shape': ({ file, rows, columns }) =>
    `${nameOf(file)} holds images of ${rows}×${columns} pixels, not 28×28.`,
  'idx-empty': ({ file, what }) => `${nameOf(file)} holds no ${what}.`,
  'idx-length': ({ file, what, count: many, wanted, bytes }) => {
    const problem = bytes < wanted ? 'is cut off' : 'is too long';
    return `${nameOf(file)} ${problem}: ${count(many)} ${what} take ${count(wanted)} bytes, it has ${count(bytes)}.`;
  },
  'labels-only': (facts) => `${facts.files.join(', ')} holds labels only: choose the file of images, too.`,
  'labels-for-some': ({ images, labels }) =>
    `${files(images, 'images')} and ${files(labels, 'labels')} were chosen: every file of images needs one of labels, or none does.`,
  'labels-count': ({ file, labels, images, imagesFile }) =>
    `${file} holds ${count(labels)} labels for the ${count(images)} images of ${imagesFile}.`,
  'labels-unclear': ({ file, labels }) => `It is not clear which labels belong to ${file}: ${labels.join(', ')}.`,
  'npy-magic': ({ file }) => `${nameOf(file)} is not an .npy file: it does not begin with \\x93NUMPY.`,
  'npy-version': ({ file, version }) => `${nameOf(file)} is of .npy version ${version}; 1 to 3 are known.`,
  'npy-header-cut-off': ({ file, bytes }) => `${nameOf(file)} is cut off: its ${bytes} bytes end within the header.`,
  'npy-header-too-long': ({ file, bytes, most }) =>
    `${nameOf(file)} claims a header of ${count(bytes)} bytes; ${count(most)} is the most.`,
  'npy-no-array': ({ file }) => `${nameOf(file)} does not hold one plain array of numbers.`,
  'npy-wrong-shape': ({ file, shape }) => `${nameOf(file)} holds an array of shape ${shape}, not ${arrayShapes}.`,
  'npy-type': ({ file, type }) => `${nameOf(file)} holds values of type ${type}, which are no plain numbers.`,
  'npy-fortran-order': ({ file }) => `${nameOf(file)} is in Fortran order: save numpy.ascontiguousarray of it instead.`,
  'npy-length': ({ file, images, type, wanted, bytes }) => {
    const problem = bytes < wanted ? 'is cut off' : 'is too long';
    const what = `${count(images)} images of type ${type} take ${count(wanted)} bytes`;
    return `${nameOf(file)} ${problem}: ${what}, it has ${count(bytes)}.`;
  },
  'npy-not-finite': ({ file, value, image }) =>
    `${nameOf(file)} holds a number that is not finite (${value}), in image ${count(image)}.`,
  'npy-range': ({ file, least, most }) => {
    const short = (value: number) => String(Number(value.toPrecision(4)));
    return `${nameOf(file)} holds numbers from ${short(least)} to ${short(most)}; images need 0 to 1 or 0 to 255.`;
  },
  'npz-not-a-zip': ({ file }) => `${nameOf(file)} is not a zip.`,
  'npz-no-arrays': ({ file }) => `${nameOf(file)} is a zip without NumPy arrays (.npy).`,
  'npz-not-npy': ({ file }) => `${nameOf(file)} is not an .npy file.`,
  'npz-wrong-shapes': ({ file, arrays, more }) => {
    const named = arrays.map(({ name, shape }) => `${name} ${shape}`).join(', ');
    const rest = more > 0 ? ` and ${more} more` : '';
    return `${nameOf(file)} holds no array of shape ${arrayShapes}: it has ${named}${rest}.`;
  },

  'zip-none': ({ file }) => `${nameOf(file)} is not a zip.`,
  'zip-cut-off': ({ file, bytes }) =>
    `${nameOf(file)} is cut off: it starts as a zip, and no table of contents ends its ${bytes} bytes.`,
  'zip-64-bit': ({ file }) =>
    `${nameOf(file)} is a zip of the 64-bit kind, for archives far beyond what this page reads.`,
  'zip-too-many-files': (facts) => `${nameOf(facts.file)} has ${facts.count} files; the limit is ${facts.most}.`,
  'zip-entry-missing': ({ file, at, of }) =>
    `${nameOf(file)} is damaged: entry ${at} of the ${of} in its table of contents is not there.`,
  'zip-entry-cut-off': ({ file, at, of }) =>
    `${nameOf(file)} is damaged: entry ${at} of the ${of} in its table of contents is cut off.`,
  'zip-table-length': (facts) =>
    `${nameOf(facts.file)} is damaged: its table of contents is longer or shorter than its ${facts.count} entries.`,
  'zip-name-twice': ({ file, name }) => `${nameOf(file)} has the file ${name} twice.`,
  'zip-overlap': ({ file, names: [a, b] }) => `${nameOf(file)} has the files ${a} and ${b} in the same bytes.`,
  'zip-no-file': ({ file, name }) => `${nameOf(file)} has no file ${name}.`,
  'zip-encrypted': ({ file }) => `${nameOf(file)} is encrypted.`,
  'zip-entry-too-large': ({ file, bytes, most }) => `${nameOf(file)} claims ${bytes} bytes; the limit is ${most}.`,
  'zip-packs-too-well': ({ file, bytes, packed }) =>
    `${nameOf(file)} claims ${bytes} bytes out of ${packed}, more than any zip can pack.`,
  'zip-packs-too-badly': ({ file, bytes, packed }) =>
    `${nameOf(file)} claims ${bytes} bytes out of ${packed}, and no zip packs so badly.`,
  'zip-entry-misplaced': ({ file }) => `${nameOf(file)} is not where the table of contents says.`,
  'zip-data-cut-off': ({ file, bytes, packed }) =>
    `${nameOf(file)} is cut off: ${bytes} of its ${packed} bytes are there.`,
  'zip-other-name': ({ file }) => `${nameOf(file)} has another name where its bytes are.`,
  'zip-method': ({ file, method }) =>
    `${nameOf(file)} is packed with method ${method}; only stored and deflated files can be read.`,
  'zip-stored-length': ({ file, bytes, packed }) =>
    `${nameOf(file)} is damaged: ${bytes} bytes take ${packed} without being packed.`,
  'zip-checksum': ({ file }) => `${nameOf(file)} is damaged: its checksum differs.`,
  'deflate-damaged': ({ file }) => `${nameOf(file)} is damaged: it cannot be unpacked.`,
  'deflate-longer': ({ file, bytes }) => `${nameOf(file)} unpacks to more than the ${bytes} bytes it claims.`,
  'deflate-shorter': ({ file, found, bytes }) =>
    `${nameOf(file)} is damaged: it unpacks to ${found} of ${bytes} bytes.`,
  'deflate-parts': ({ file }) => `${nameOf(file)} is damaged: it is in more parts than any packer makes.`,
  'deflate-more': ({ file }) => `${nameOf(file)} is damaged: there is more after its end.`,

  'bad-json': ({ file, json }) => `${nameOf(file)} ${jsonFault(json)}.`,
  'file-settings': ({ file, problem }) => `${nameOf(file)}: ${sentence(problem)}`,

  'safetensors-too-short': ({ file, bytes }) => `${nameOf(file)} has ${bytes} bytes, too few for a safetensors file.`,
  'safetensors-header-too-long': ({ file, bytes, most }) =>
    `${nameOf(file)} claims a header of ${bytes} bytes; the limit is ${most}.`,
  'safetensors-header-cut-off': ({ file, header, bytes }) =>
    `${nameOf(file)} is cut off: its header takes ${header} bytes and it has ${bytes}.`,
  'safetensors-header-brace': ({ file }) =>
    `${nameOf(file)} is not a safetensors file: its header does not start with a brace.`,
  'safetensors-header-json': ({ file, json }) => `${nameOf(file)} has a header that ${jsonFault(json)}.`,
  'safetensors-metadata': ({ file }) => `${nameOf(file)} has metadata that are not names and texts.`,
  'safetensors-metadata-text': ({ file, key }) => `${nameOf(file)} has metadata ${key} that is not text.`,
  'safetensors-entry': ({ file, tensor }) => `${nameOf(file)} does not say type, shape and place of tensor ${tensor}.`,
  'safetensors-type': ({ file, tensor, type }) =>
    `${nameOf(file)} has tensor ${tensor} of type ${type}; only F32 can be read.`,
  'safetensors-size': ({ file, tensor, shape, bytes }) =>
    `${nameOf(file)} gives tensor ${tensor} of shape ${shape} ${bytes} bytes.`,
  'safetensors-overlap': ({ file, tensor }) => `${nameOf(file)} has tensor ${tensor} overlapping another.`,
  'safetensors-gap': ({ file, tensor, bytes }) =>
    `${nameOf(file)} has ${bytes} bytes before tensor ${tensor} that belong to none.`,
  'safetensors-cut-off': ({ file, wanted, bytes }) =>
    `${nameOf(file)} is cut off: its tensors take ${wanted} bytes and ${bytes} are there.`,
  'safetensors-more': ({ file, bytes }) => `${nameOf(file)} has ${bytes} bytes after its last tensor.`,
  'tensor-missing': ({ file, tensor }) => `${nameOf(file)} has no tensor ${tensor}.`,
  'tensor-shape': ({ file, tensor, shape, wanted }) =>
    `Tensor ${tensor} of ${nameOf(file)} has the shape ${shape}, and the settings want ${wanted}.`,
  'tensor-not-finite': ({ file, tensor, value, at, of }) =>
    `Tensor ${tensor} of ${nameOf(file)} holds ${value} as number ${at} of ${of}.`,
  'tensor-negative': ({ file, tensor, value }) =>
    `Tensor ${tensor} of ${nameOf(file)} holds ${value}, and such a mean of squares cannot be below zero.`,
  'tensor-unknown': ({ file, tensor }) => `${nameOf(file)} has a tensor ${tensor} that the networks do not.`,

  'opened-too-large': ({ file, bytes, most }) =>
    `${nameOf(file)} has ${megabytes(bytes, Math.ceil)}; a file of Save run or Download weights has ${megabytes(most, Math.ceil)} at most.`,
  'weights-format': ({ file, format }) => `${nameOf(file)} does not say "format": "${format}" and a version.`,
  'weights-version': ({ file, version, most }) =>
    `${nameOf(file)} is of version ${version}, and this page reads up to version ${most}.`,
  'weights-and-no-run': ({ file }) => `${nameOf(file)} holds weights, and no run to go on with.`,
  'weights-no-config': ({ file }) => `${nameOf(file)} has no config.json, so it is not a zip of Download weights.`,
  'weights-two-configs': (facts) => `${nameOf(facts.file)} has ${facts.count} files config.json where one belongs.`,
  'weights-field': ({ file, field }) => `${nameOf(file)} has no proper ${field}.`,
  'weights-steps': (facts) =>
    `${nameOf(facts.file)}: the training of these networks has taken ${facts.steps} steps, and ${facts.most} is the most.`,
  'run-format': ({ file, format }) => `${nameOf(file)} does not say "format": "${format}" and a version.`,
  'run-version': ({ file, version, most }) =>
    `${nameOf(file)} is of version ${version}, and this page reads up to version ${most}.`,
  'run-no-head': ({ file }) => `${nameOf(file)} has no run.json, so it is not a file of Save run.`,
  'run-field': ({ file, field }) => `${nameOf(file)} has no proper ${field} in run.json.`,
  'run-steps': (facts) => `${nameOf(facts.file)} has taken ${facts.steps} steps, and ${facts.most} is the most.`,
  'run-half-step': ({ file }) => `${nameOf(file)} has begun a step that it has not.`,
  'run-measurements-order': ({ file }) => `${nameOf(file)} has measurements that are not in the order of their steps.`,
  'run-grids-length': ({ file, bytes, grids }) => `${nameOf(file)} has ${bytes} bytes in grids.bin for ${grids} grids.`,
  'run-grids-order': ({ file }) => `${nameOf(file)} has grids that are not in the order of their steps.`,
  'run-realness-missing': ({ file }) => `${nameOf(file)} has no realness for each of its grids.`,
  'run-realness-value': ({ file }) => `${nameOf(file)} has a realness that is no probability.`,
  'run-history-no-steps': ({ file }) => `${nameOf(file)} has no steps in its history.`,
  'run-history-order': ({ file }) => `${nameOf(file)} has steps in its history that do not ascend to where it stands.`,
  'run-history-missing': ({ file, series }) => `${nameOf(file)} has no ${series} for each step of its history.`,
  'run-history-infinite': ({ file, series }) => `${nameOf(file)} has an infinite ${series} in its history.`,
  'run-history-share': ({ file, series }) => `${nameOf(file)} has an ${series} in its history that is no share.`,
  'run-too-many-steps': (facts) =>
    `The run cannot be saved: it has taken ${facts.steps} steps, and ${facts.most} is the most.`,
  'cannot-save-weight': ({ weight, wanted }) => `Cannot save ${weight}: the settings want the shape ${wanted}.`,
  'cannot-save-tensor': (facts) => `Cannot save ${facts.tensor}: shape ${facts.shape} with ${facts.count} numbers.`,
  'cannot-save-run': ({ weight }) => `Cannot save the run: it lacks ${weight}.`,

  'storage-full': () => 'The browser gives this page no more room, so the run is not saved.',
  'storage-full-for-images': () =>
    'The browser gives this page no more room, so the run is saved without your images: to go on with it later, they have to be given again.',
  'no-storage': ({ message }) =>
    `The browser keeps nothing for this page${message === '' ? '' : ` (${message})`}, so the run is not saved.`,
  'run-not-kept': () => 'This run is not kept any more.',
  'run-damaged': () => 'This run is kept, but what is kept of it is damaged.',
  'history-full': () =>
    'The browser gives this page no more room, so new runs are not kept. Deleting some here makes room.',
  'history-of-newer-page': () => 'A newer version of this page keeps the runs: load the page anew to see them.',
  'history-not-kept': () =>
    'The browser keeps nothing for this page (a private window, perhaps), so runs are gone when it is closed.',
  'history-trouble': ({ message }) => `Runs cannot be kept at the moment: ${message}`,

  'weights-lack': ({ weight }) => `The weights lack ${weight}.`,
  'weights-shape': ({ weight, shape, wanted }) =>
    `${weight} has the shape ${shape}, and these settings need ${wanted}.`,
  'weights-count': (facts) => `These settings need ${facts.wanted} weights, not ${facts.count}.`,
  'saved-run-lacks': ({ weight }) => `The saved run lacks ${weight}.`,
  'saved-run-shape': ({ weight, shape, wanted }) =>
    `${weight} in the saved run has the shape ${shape}, and these settings need ${wanted}.`,
  'number-broken': ({ weight, value }) => `A number in ${weight} became ${brokenNumber(value)}.`,
  'loss-broken': ({ network, value, step }) => `The ${network}’s loss became ${brokenNumber(value)} at step ${step}.`,
  'run-went-back': ({ cause, step }) =>
    `${sentence(cause)} The run is back at step ${step}, where all was well, and paused.`,
  'pixels-broken': () => 'The generator draws pixels that are not numbers, so they were not measured.',
  'too-few-to-measure': (facts) => `Quality is measured of at least two images of 28×28 pixels, not of ${facts.count}.`,
  'too-few-to-compare': (facts) => `Quality needs at least ${facts.least} real images, not ${facts.count}.`,
  'no-classifier': ({ reason }) =>
    `The classifier that judges the digits could not be fetched: ${fetchReason(reason)}.`,
  'classifier-freed': () => 'The classifier was used after it had been disposed of.',
  'classifier-lacks': ({ weight }) => `The digit classifier lacks ${weight}.`,
  'classifier-shape': (facts) =>
    `The digit classifier's ${facts.weight} has the shape ${facts.shape} with ${facts.count} numbers, not ${facts.wanted}.`,
  'classifier-not-finite': ({ weight }) => `The digit classifier's ${weight} holds a number that is not finite.`,

  'webgpu-not-loaded': () => 'The WebGPU backend could not be loaded.',
  'webgpu-not-started': () => 'WebGPU could not be started here.',
  'webgpu-absent': () => 'This browser has no usable WebGPU.',
  'webgpu-error': ({ message }) => `WebGPU reports an error on this device: ${message}`,
  'webgl-absent': () => 'This browser has no usable WebGL 2 with float32 textures.',
  'wasm-not-loaded': () => 'The WASM backend could not be loaded.',
  'wasm-not-started': () => 'WASM could not be started here.',
  'wasm-absent': () => 'This browser has no usable WebAssembly.',
  'gpu-lost': () => 'The browser took the GPU away.',
  'gpu-memory': () => 'The GPU has not enough memory for these networks and this batch.',
  'device-memory': () => 'The device has not enough memory for these networks and this batch.',
  'self-test-loss': ({ backend, network, loss, expected }) => {
    const is = typeof loss === 'number' ? loss.toPrecision(5) : brokenNumber(loss);
    const found = `the ${network}’s loss is ${is} instead of ${expected.toPrecision(5)}`;
    return `${backends[backend]} computes wrongly on this device: in the self-test ${found}.`;
  },
  'self-test-off': ({ backend, what, off }) => {
    const share = (value: number) => `off by ${Number((value * 100).toPrecision(2))}%`;
    const how = off === 'zero' ? 'zero' : off === 'not-a-number' ? 'not a number' : share(off);
    return `${backends[backend]} computes wrongly on this device: in the self-test ${selfTestPart(what)} is ${how}.`;
  },
  'measuring-cancelled': () => 'Measuring the accelerators was called off.',

  'no-workers-here': () => 'This browser has no web workers, and Ganvas trains in one.',
  'worker-refused': () => 'The browser refused to start the web worker that Ganvas trains in.',
  'worker-not-started': ({ message }) => `The web worker that Ganvas trains in could not be started: ${message}`,
  'worker-restarted': () => 'The worker was restarted.',
  'worker-not-running': () => 'The worker that trains is not running.',
  'worker-silent': () => 'The worker that trains has stopped answering.',
  'worker-crashed': ({ message }) => `The worker that trains has crashed${crashed(message)}.`,
  'worker-unreadable': () => 'The worker that trains sent a message that could not be read.',
  'renderer-not-running': () => 'The worker that draws this digit is not running.',
  'renderer-silent': () => 'The worker that draws this digit has stopped answering.',
  'renderer-crashed': ({ message }) => `The worker that draws this digit has crashed${crashed(message)}.`,
  'renderer-unreadable': () => 'The worker that draws this digit sent a message that could not be read.',
  'request-not-sent': ({ request, message }) => `The request “${request}” could not be sent: ${message}`,
  'request-not-allowed': ({ request, state }) => `“${request}” is not possible while the session is ${state}.`,
  'no-run': () => 'There is no run.',
  'nothing-saved': () => 'There is no run to save, and this browser keeps none.',
  'no-images-yet': () => 'There are no real images yet: press Train first.',
  'something-in-progress': () => 'Something else is still in progress.',
  'something-newer': () => 'Something newer was started instead.',
  'not-wanted-any-more': () => 'This is not wanted any more.',
  'meant-for-another-run': ({ request }) => `“${request}” is meant for another run than the one that stands.`,
  'another-run': () => 'Another run was started instead.',
  recovered,
  'recovered-slower': (facts) => `${recovered(facts)} That is much slower.`,

  'weights-not-here': () => 'The weights of this run have not come.',
  'nothing-to-draw-with': () => 'There are no weights to draw with yet.',
  'another-worker-draws': () => 'Another worker will draw this digit.',
  'latent-of-another-run': () => 'This latent belongs to another run.',
  'pretrained-not-fetched': ({ reason }) =>
    `The generator that was trained before could not be fetched: ${fetchReason(reason)}.`,
};

export const advice: ErrorWords['advice'] = {
  'bad-settings': 'Correct the setting; the value in use has not changed.',
  'bad-file': 'Choose another file, or save this one again from its source.',
  'wrong-shape': 'Choose images of 28×28 pixels in one channel.',
  'too-few-images': 'Choose at least 64 images.',
  'other-images': 'Choose the same files again, or press Reset to begin anew with these.',
  'images-away': 'Press Train again when there is a connection, or later; nothing of the run is lost.',
  'canvas-scrambled': 'Turn off its protection against fingerprinting for this page, or give the images as IDX or npy.',
  'too-large': 'Choose fewer or smaller files.',
  'too-many-steps': 'Download the weights to keep the networks; Reset begins a run that can be saved.',
  checksum: 'Try again; if it happens again, the copy at that address is not the official one.',
  http: 'Try again later, or train on the built-in digits.',
  network: 'Check the connection and try again, or train on the built-in digits.',
  stalled: 'Check the connection and try again, or train on the built-in digits.',
  cancelled: 'Press Train to start again.',
  'not-our-weights': 'Choose a zip that Download weights or Save run made.',
  'not-our-run': 'Choose a file that Save run made.',
  'weights-and-no-run': 'Open weights begins a new run with them.',
  'nothing-to-save': 'Press Restart to begin a run.',
  'weights-mismatch': 'Choose a zip that Download weights made and nobody changed.',
  'non-finite-weights': 'Choose weights of a run that did not diverge.',
  'non-finite-loss': 'Lower learning rates help, half of what they are, say.',
  'no-webgl': 'Choose another accelerator, or turn on hardware acceleration in the browser.',
  'no-webgpu': 'Choose another accelerator, or update the browser.',
  'no-wasm': 'Choose another accelerator, or update the browser.',
  'storage-full': 'Delete something under Runs, or save the run to a file.',
  'no-storage': 'Save the run to a file before the page is closed.',
  'no-classifier': 'Training goes on without it; reload the page to try again.',
  'no-worker': 'Update the browser, or allow workers for this page.',
  'wrong-accelerator': 'Choose another accelerator.',
  'accelerator-lost': 'Press Restart; if it happens again, choose another accelerator.',
  'out-of-memory': 'Choose fewer filters or a smaller batch, then press Reset.',
  recovered: 'Nothing needs to be done.',
  'recovered-slower': 'To go back to a faster one, load the page anew.',
  'not-now': 'Wait until it is possible, or pause first.',
  'worker-silent': 'Press Restart; the settings are kept.',
  'worker-crashed': 'Press Restart; the settings are kept.',
  'renderer-silent': 'Press Restart; training goes on meanwhile.',
  'renderer-crashed': 'Press Restart; training goes on meanwhile.',
  internal: 'Press Restart; if it happens again, please report it with the message above.',
};
