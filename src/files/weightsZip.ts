// The zip of Download weights and Open weights: both networks for tfjs, as safetensors, and the settings they belong
// to.
//
//     README.txt                       what it is, and how to load it elsewhere
//     config.json                      { format: 'ganvas-weights', version: 1, step, dataset, config }
//     <network>/weights.safetensors    the weights, under the names of config/weights.ts
//     <network>/model.json             the same for tf.loadLayersModel, with
//     <network>/weights.bin            its numbers
//
// Opening reads config.json and the two safetensors; the rest may be missing, and all may lie in one folder.
import * as z from 'zod/mini';
import { type FileName, GanvasError } from '../config/errors.ts';
import type { NetworkName } from '../config/networks.ts';
import type { RunConfig } from '../config/run.ts';
import { maxStep } from '../config/training.ts';
import type { WeightArray, WeightArrays, WeightName } from '../config/weights.ts';
import { weightShapes } from '../config/weights.ts';
import { checkTensors, sameShape } from './checkTensors.ts';
import { readConfig, readHead } from './head.ts';
import { layersModel } from './layersModel.ts';
import { dimensions, quote } from './phrases.ts';
import { readme } from './readme.ts';
import { decode, encode, mostBytes } from './safetensors.ts';
import { openZip, writeZip, type Zip } from './zip.ts';

/** Trained networks and where they come from. */
export interface SavedWeights {
  readonly config: RunConfig;
  /** Training steps that the weights have seen. */
  readonly step: number;
  /** What they were trained on, in words, at most 200 characters. */
  readonly datasetLabel: string;
  /** Of both networks, in the shapes of `weightShapes`. */
  readonly weights: WeightArrays;
}

const format = 'ganvas-weights';
const version = 1;
/** Ours takes some 400 bytes. */
const maxSettingsBytes = 1 << 16;
const networks: readonly NetworkName[] = ['generator', 'discriminator'];

const bodySchema = z.object({
  step: z.int().check(z.nonnegative()),
  dataset: z.string().check(z.maxLength(200)),
  config: z.unknown(),
});

/**
 * The bytes of the zip; the same weights and settings give the same bytes, today and anywhere.
 * @throws GanvasError 'internal' if the weights are not those of the settings.
 */
export function packWeights(saved: SavedWeights): Uint8Array<ArrayBuffer> {
  const { config, step, datasetLabel, weights } = saved;
  const text = (contents: string) => new TextEncoder().encode(contents);
  const json = (value: object) => text(`${JSON.stringify(value, null, 2)}\n`);
  const files = new Map<string, Uint8Array>();
  files.set('README.txt', text(readme(saved)));
  // Networks that have seen more are worth taking home all the same, and what is written can be read.
  const counted = Math.min(step, maxStep);
  files.set('config.json', json({ format, version, step: counted, dataset: datasetLabel, config }));
  for (const network of networks) {
    const tensors = new Map<string, WeightArray>();
    for (const [name, shape] of weightShapes(network, config)) {
      const array: WeightArray | undefined = weights[name];
      if (!array || !sameShape(array.shape, shape)) {
        throw new GanvasError('cannot-save-weight', { weight: name, wanted: dimensions(shape) });
      }
      tensors.set(name, array);
    }
    const { modelJson, weightsBin } = layersModel(network, config, weights);
    files.set(`${network}/model.json`, json(modelJson));
    files.set(`${network}/weights.bin`, weightsBin);
    files.set(`${network}/weights.safetensors`, encode(tensors, { source: 'Ganvas', network, step: `${step}` }));
  }
  return writeZip(files);
}

/**
 * Opens what `packWeights` made, re-packed by other tools or not. Each array of the result owns its buffer.
 * @param fileName how errors name the zip
 * @throws GanvasError and nothing else, whatever the bytes: 'not-our-weights' (no zip, or not of this format),
 * 'bad-file'
 * (damaged or cut off), 'too-large' (past the limits), 'bad-settings' (settings out of range),
 * 'weights-mismatch' (tensors that are not those of the settings), 'non-finite-weights' (NaN or infinity).
 */
export function unpackWeights(zip: Uint8Array, fileName: FileName = { unnamed: 'zip' }): SavedWeights {
  const opened = openZip(zip, fileName);
  const folder = findFolder(opened, fileName);
  const settings = opened.read(`${folder}config.json`, maxSettingsBytes);
  const { config, step, dataset } = readSettings(settings, { entry: 'config.json', of: fileName });
  const weights: Partial<Record<WeightName, WeightArray>> = {};
  for (const network of networks) {
    const path = `${folder}${network}/weights.safetensors`;
    const where: FileName = { entry: `${network}/weights.safetensors`, of: fileName };
    const shapes = weightShapes(network, config);
    const { tensors } = decode(opened.read(path, mostBytes(shapes)), where);
    checkTensors(tensors, shapes, where);
    for (const [name, array] of tensors) weights[name as WeightName] = array;
  }
  return { config, step, datasetLabel: dataset, weights: weights as WeightArrays };
}

/** '' or the folder that a tool has put around our files, with its slash. */
function findFolder({ names }: Zip, file: FileName): string {
  const found = names.filter((name) => name === 'config.json' || name.endsWith('/config.json'));
  const [path] = found;
  if (path === undefined) throw new GanvasError('weights-no-config', { file });
  if (found.length > 1) throw new GanvasError('weights-two-configs', { file, count: found.length });
  return path.slice(0, -'config.json'.length);
}

function readSettings(bytes: Uint8Array, file: FileName): { config: RunConfig; step: number; dataset: string } {
  const body = bodySchema.safeParse(readHead(bytes, file, { format, version, of: 'weights' }));
  if (!body.success) {
    throw new GanvasError('weights-field', { file, field: quote(String(body.error.issues[0]?.path[0])) });
  }
  const { step, dataset } = body.data;
  if (step > maxStep) throw new GanvasError('weights-steps', { file, steps: step, most: maxStep });
  return { config: readConfig(body.data.config, file), step, dataset };
}
