// How close the built-in digits come to MNIST, both ways: judged by a classifier that saw only the others.
import { drawDigits } from '../../../src/data/builtIn/drawDigits.ts';
import { DigitClassifier } from '../../../src/quality/classifier.ts';
import { scoreOf, scoreWords } from '../../support/classifyDigits.ts';
import { type Digits, readMnist } from '../../support/mnist.ts';
import { mnistFolder } from '../../support/sharedData.ts';
import { startWasmKernels } from '../../support/wasmKernels.ts';
import { trainClassifier } from '../../training/trainClassifier.ts';

const epochs = 5;
const drawnForTraining = 40_000;

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

/** Trains the page's classifier anew on some digits, and asks it about others. */
async function judge(digits: Digits, asked: Readonly<Record<string, Digits>>): Promise<void> {
  const training = { epochs, batch: 100, seed: 1, shift: 1, dropout: 0.4, learningRate: 2e-3 };
  const classifier = new DigitClassifier(await trainClassifier(digits, training, console.log));
  for (const [name, others] of Object.entries(asked)) console.log(scoreWords(name, scoreOf(classifier, others)));
  classifier.dispose();
}

timeDrawing();
if (mnistFolder === null) {
  console.log('No MNIST files here: set MNIST_DIR to a folder with the four official .gz files.');
} else {
  await startWasmKernels();
  const mnistTest = readMnist(mnistFolder, 't10k');
  console.log(`Trained on MNIST alone (60,000 training digits, ${epochs} epochs, shifted by up to 1 pixel):`);
  await judge(readMnist(mnistFolder, 'train'), {
    'built-in digits': drawDigits(10_000, 1),
    'MNIST test digits': mnistTest,
  });
  console.log(`Trained on built-in digits alone (${drawnForTraining}, ${epochs} epochs, shifted by up to 1 pixel):`);
  await judge(drawDigits(drawnForTraining, 2), {
    'MNIST test digits': mnistTest,
    'built-in digits': drawDigits(10_000, 1),
  });
}
