// How close the built-in digits come to MNIST, both ways: judged by a classifier that saw only the others.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { drawDigits } from '../../../src/data/builtIn/drawDigits.ts';
import { mnistFolder } from '../../support/sharedData.ts';
import { Classifier, type Digits } from './classifier.ts';

const epochs = 3;
const drawnForTraining = 40_000;

function readMnist(folder: string, prefix: 'train' | 't10k'): Digits {
  const read = (name: string, header: number) => {
    const bytes = gunzipSync(readFileSync(join(folder, `${prefix}-${name}.gz`)));
    return new Uint8Array(bytes.buffer, bytes.byteOffset + header, bytes.length - header);
  };
  return { images: read('images-idx3-ubyte', 16), labels: read('labels-idx1-ubyte', 8) };
}

/** Prints how many of each digit were told right, and the commonest mistakes. */
function report(title: string, classifier: Classifier, digits: Digits): void {
  const found = classifier.classify(digits);
  const right = new Float64Array(10);
  const total = new Float64Array(10);
  const mistakes = new Map<string, number>();
  for (const [index, label] of digits.labels.entries()) {
    total[label] = (total[label] ?? 0) + 1;
    if (found[index] === label) right[label] = (right[label] ?? 0) + 1;
    else mistakes.set(`${label}→${found[index]}`, (mistakes.get(`${label}→${found[index]}`) ?? 0) + 1);
  }
  const share = (100 * right.reduce((sum, value) => sum + value, 0)) / digits.labels.length;
  const each = Array.from(right, (value, label) => `${label}: ${((100 * value) / (total[label] ?? 1)).toFixed(1)}`);
  const worst = [...mistakes].sort((a, b) => b[1] - a[1]).slice(0, 8);
  console.log(`${title}: ${share.toFixed(2)}% of ${digits.labels.length}`);
  console.log(`  by digit: ${each.join('  ')}`);
  console.log(`  mistakes: ${worst.map(([pair, count]) => `${pair} ${count}`).join(', ')}`);
}

/** Wall time, and the processor's own: on a busy machine they differ much. */
function timeDrawing(): void {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    const before = process.cpuUsage();
    drawDigits(10_000, 1);
    const { user, system } = process.cpuUsage(before);
    return `${(performance.now() - start).toFixed(0)} ms (${((user + system) / 1000).toFixed(0)} ms of processor)`;
  });
  console.log(`10,000 digits drawn in ${times.join(', ')}`);
}

if (mnistFolder === null) {
  console.log('No MNIST files here: set MNIST_DIR to a folder with the four official .gz files.');
  process.exit(0);
}
timeDrawing();
const wasm = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
setWasmPaths(dirname(wasm) + sep);
await tf.setBackend('wasm');
const mnist = readMnist(mnistFolder, 'train');
const mnistTest = readMnist(mnistFolder, 't10k');

console.log(`Trained on MNIST alone (60,000 training digits, ${epochs} epochs, shifted by up to 1 pixel):`);
const taughtByMnist = Classifier.train(mnist, { epochs, seed: 1, shift: 1 }, console.log);
report('MNIST test digits told right', taughtByMnist, mnistTest);
report('built-in digits told right', taughtByMnist, drawDigits(10_000, 1));
taughtByMnist.dispose();

console.log(`Trained on built-in digits alone (${drawnForTraining}, ${epochs} epochs, shifted by up to 1 pixel):`);
const drawn = drawDigits(drawnForTraining, 2);
const taughtByDrawn = Classifier.train(drawn, { epochs, seed: 1, shift: 1 }, console.log);
report('built-in digits told right', taughtByDrawn, drawDigits(10_000, 1));
report('MNIST test digits told right', taughtByDrawn, mnistTest);
taughtByDrawn.dispose();
