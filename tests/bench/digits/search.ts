// What gets to recognisable digits soonest: trains candidates on MNIST in Node, on one thread, and measures as the page
// does. `npm run bench:presets -- NAME…` (all candidates without a name); SEEDS=1,2,3 STEPS=1500 EVERY=50 DATASET=mnist
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isRecognisable, type Quality, qualitySamples } from '../../../src/config/quality.ts';
import type { RunConfig } from '../../../src/config/run.ts';
import { drawDigits } from '../../../src/data/builtIn/drawDigits.ts';
import { decode } from '../../../src/files/safetensors.ts';
import { qualityLatents, RandomBatches } from '../../../src/gan/training/batches.ts';
import { Trainer } from '../../../src/gan/training/trainer.ts';
import { classifierFile, DigitClassifier } from '../../../src/quality/classifier.ts';
import { QualityMeter } from '../../../src/quality/measure.ts';
import { readMnist } from '../../support/mnist.ts';
import { mnistFolder } from '../../support/sharedData.ts';
import { startWasmKernels } from '../../support/wasmKernels.ts';
import { candidates } from './candidates.ts';

const names = process.argv.slice(3).filter((word) => word !== '--');
const seeds = (process.env.SEEDS ?? '1').split(',').map(Number);
const steps = Number(process.env.STEPS ?? 1_500);
const every = Number(process.env.EVERY ?? 50);
const builtIn = process.env.DATASET === 'built-in' || mnistFolder === null;

await startWasmKernels();
const digits = builtIn || mnistFolder === null ? drawDigits(10_000, 1) : readMnist(mnistFolder, 'train');
const file = readFileSync(resolve(import.meta.dirname, '../../../public', classifierFile));
const classifier = new DigitClassifier(Object.fromEntries(decode(file).tensors));
const meter = await QualityMeter.create(digits, classifier);
console.log(`real: ${words(meter.real)}`);
console.log(
  `columns: candidate, seed, recognisable at step, training seconds until then, ms per step, quality at the end`,
);
for (const name of names.length > 0 ? names : Object.keys(candidates)) {
  const config = candidates[name];
  if (config === undefined) throw new Error(`No candidate is called ${name}.`);
  for (const seed of seeds) await measure(name, { ...config, seed });
}

async function measure(name: string, config: RunConfig): Promise<void> {
  const trainer = new Trainer(config, new RandomBatches(config, digits.images));
  let trained = 0;
  let reached: { step: number; ms: number } | null = null;
  let last: Quality | null = null;
  const track: string[] = [];
  try {
    while (trainer.step < steps) {
      const began = performance.now();
      for (let i = 0; i < every; i++) for (const _ of trainer.trainStep());
      await trainer.takeScores();
      trained += performance.now() - began;
      const { pixels } = await trainer.draw(qualityLatents(config, trainer.step, qualitySamples));
      last = await meter.measure(pixels);
      if (last.digits) {
        const { covered, confidence, frechet } = last.digits;
        track.push(`${trainer.step}: ${covered}/${confidence.toFixed(2)}/${frechet.toFixed(0)}`);
      }
      if (reached === null && isRecognisable(last)) {
        reached = { step: trainer.step, ms: trained };
        if (process.env.GOON === undefined) break;
      }
    }
  } finally {
    trainer.dispose();
  }
  const perStep = trained / trainer.step;
  console.log(
    `| ${name} | ${seed(config)} | ${reached?.step ?? `not by ${steps}`} | ${reached ? (reached.ms / 1000).toFixed(1) : '–'} | ${perStep.toFixed(1)} | ${last === null ? '' : words(last)} |`,
  );
  if (process.env.TRACK !== undefined) console.log(`  ${track.join('  ')}`);
}

function seed(config: RunConfig): string {
  return String(config.seed);
}

function words({ digits: scores, diversity }: Quality): string {
  if (scores === null) return `diversity ${diversity.toFixed(2)}`;
  return `${scores.covered} classes, confidence ${scores.confidence.toFixed(3)}, Fréchet ${scores.frechet.toFixed(1)}, IS ${scores.inceptionScore.toFixed(2)}, diversity ${diversity.toFixed(2)}`;
}
