// Makes public/pretrained.zip: `npm run train:generator`, where the MNIST files are. A generator to look at before any
// training.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { presets } from '../../src/config/presets.ts';
import { qualitySamples } from '../../src/config/quality.ts';
import { stepsPerEpoch } from '../../src/config/run.ts';
import { decode } from '../../src/files/safetensors.ts';
import { packWeights } from '../../src/files/weightsZip.ts';
import { qualityLatents, RandomBatches } from '../../src/gan/training/batches.ts';
import { Trainer } from '../../src/gan/training/trainer.ts';
import { classifierFile, DigitClassifier } from '../../src/quality/classifier.ts';
import { QualityMeter } from '../../src/quality/measure.ts';
import { readMnist } from '../support/mnist.ts';
import { mnistFolder } from '../support/sharedData.ts';
import { startWasmKernels } from '../support/wasmKernels.ts';

const publicFolder = resolve(import.meta.dirname, '../../public');
const epochs = Number(process.env.EPOCHS ?? 12);
/** The rates fall to a tenth along the way: late steps polish. */
const lastRate = 0.1;

if (mnistFolder === null)
  throw new Error('No MNIST files here: set MNIST_DIR to a folder with the four official .gz files.');
const digits = readMnist(mnistFolder, 'train');
const config = { ...presets.quick.config, epochs, seed: Number(process.env.SEED ?? 1) };
await startWasmKernels();
const classifier = new DigitClassifier(
  Object.fromEntries(decode(readFileSync(resolve(publicFolder, classifierFile))).tensors),
);
const meter = await QualityMeter.create(digits, classifier);
const trainer = new Trainer(config, new RandomBatches(config, digits.images));
const perEpoch = stepsPerEpoch(config, digits.labels.length);
const total = epochs * perEpoch;
const started = performance.now();
while (trainer.step < total) {
  const scale = lastRate ** (trainer.step / total);
  trainer.setLearningRates({
    generator: scale * config.generatorLearningRate,
    discriminator: scale * config.discriminatorLearningRate,
  });
  for (const _ of trainer.trainStep());
  await trainer.takeScores();
  if (trainer.step % perEpoch === 0) await tell();
}
const zip = packWeights({ config, step: trainer.step, datasetLabel: 'MNIST', weights: await trainer.weights() });
writeFileSync(resolve(publicFolder, 'pretrained.zip'), zip);
console.log(`pretrained.zip: ${zip.length} bytes, after ${((performance.now() - started) / 1000).toFixed(0)} s`);
trainer.dispose();
meter.dispose();

async function tell(): Promise<void> {
  const { pixels } = await trainer.draw(qualityLatents(config, trainer.step, qualitySamples));
  const { digits: scores, diversity } = await meter.measure(pixels);
  const found = scores === null ? '' : JSON.stringify({ ...scores, classShares: undefined });
  console.log(`epoch ${trainer.step / perEpoch} of ${epochs}: ${found} diversity ${diversity.toFixed(2)}`);
}
