// Makes public/classifier.safetensors: `npm run train:classifier`, where the MNIST files are. The test digits only
// judge the result.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { drawDigits } from '../../src/data/builtIn/drawDigits.ts';
import { encode } from '../../src/files/safetensors.ts';
import { classifierFile, DigitClassifier } from '../../src/quality/classifier.ts';
import { scoreOf, scoreWords } from '../support/classifyDigits.ts';
import { readMnist } from '../support/mnist.ts';
import { mnistFolder } from '../support/sharedData.ts';
import { startWasmKernels } from '../support/wasmKernels.ts';
import { type Training, trainClassifier } from './trainClassifier.ts';

const training: Training = { epochs: 20, batch: 100, seed: 1, shift: 2, dropout: 0.4, learningRate: 2e-3 };

if (mnistFolder === null)
  throw new Error('No MNIST files here: set MNIST_DIR to a folder with the four official .gz files.');
await startWasmKernels();
const started = performance.now();
const weights = await trainClassifier(readMnist(mnistFolder, 'train'), training, console.log);
const seconds = (performance.now() - started) / 1000;
console.log(`trained in ${seconds.toFixed(0)} s`);

const classifier = new DigitClassifier(weights);
const scores = {
  'MNIST test digits': scoreOf(classifier, readMnist(mnistFolder, 't10k')),
  'built-in digits': scoreOf(classifier, drawDigits(10_000, 1)),
};
classifier.dispose();
for (const [name, score] of Object.entries(scores)) console.log(scoreWords(name, score));

const { epochs, batch, shift, dropout, learningRate } = training;
const file = encode(new Map(Object.entries(weights)), {
  what: 'Ganvas: a classifier of handwritten digits, 28×28 pixels, ink 1 on 0; the measures of quality see through it',
  layers: 'conv 5×5 /2 → 16, ReLU; conv 3×3 /2 → 24, ReLU; dense 64, ReLU (the features); dense 10',
  trained: `on the 60,000 MNIST training digits, shifted by up to ${shift} pixels: ${epochs} epochs of batches of ${batch}, Adam ${learningRate} falling to 0, dropout ${dropout}, seed ${training.seed}`,
  accuracy: Object.entries(scores)
    .map(([name, { right }]) => `${(100 * right).toFixed(2)}% of 10,000 ${name}`)
    .join(', '),
});
writeFileSync(resolve(import.meta.dirname, '../../public', classifierFile), file);
console.log(`${classifierFile}: ${file.length} bytes`);
