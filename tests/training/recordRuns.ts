// Records short trainings, most with deliberately bad settings, for the tests of the diagnosis: `npm run record:runs --
// NAME…`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type QualityRow, qualitySamples } from '../../src/config/quality.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { drawDigits } from '../../src/data/builtIn/drawDigits.ts';
import { qualityLatents, RandomBatches } from '../../src/gan/training/batches.ts';
import { Trainer } from '../../src/gan/training/trainer.ts';
import { QualityMeter } from '../../src/quality/measure.ts';
import type { RecordedRun } from '../quality/recordedRun.ts';
import { readMnist } from '../support/mnist.ts';
import { mnistFolder } from '../support/sharedData.ts';
import { shippedClassifier } from '../support/shippedClassifier.ts';
import { startWasmKernels } from '../support/wasmKernels.ts';

interface Plan {
  readonly expected: RecordedRun['expected'];
  readonly never: readonly string[];
  readonly about: string;
  readonly config: Partial<RunConfig>;
  readonly steps: number;
  /** Steps between two measurements. */
  readonly every: number;
}

/** Small enough for some milliseconds a step; written out, as presets change and what was recorded does not. */
const small: RunConfig = {
  filters: 16,
  tapered: 1,
  outputKernel: 5,
  discriminatorKernel: 5,
  batchNormalisation: 1,
  weightAverage: 0,
  latent: 32,
  batch: 32,
  epochs: 5,
  discriminatorLearningRate: 5e-4,
  generatorLearningRate: 2e-3,
  beta1: 0.5,
  dropout: 0.3,
  labelSmoothing: 0,
  seed: 3,
};
/** As in the tutorial. */
const plain = { tapered: 0, outputKernel: 7, discriminatorKernel: 3, batchNormalisation: 0 };

const quick = { filters: 32, discriminatorKernel: 7, weightAverage: 0.985, discriminatorLearningRate: 1e-3 };

/** What must never be said of runs in which neither network beats the other, whatever the accuracies do. */
const wrongs = ['discriminator-strong', 'discriminator-weak', 'low-diversity'];

const plans: Readonly<Record<string, Plan>> = {
  quick: {
    expected: [{ code: 'improving', from: 300, to: 900 }],
    never: [...wrongs, 'generator-stuck', 'mode-collapse', 'blown-up'],
    about: 'as the preset Quick: soon readable, and in the end as good as it gets',
    config: quick,
    steps: 4_500,
    every: 90,
  },
  // No limit of the diagnosis was chosen by looking at this one.
  unseen: {
    expected: [{ code: 'improving', from: 300, to: 900 }],
    never: [...wrongs, 'generator-stuck', 'mode-collapse', 'blown-up'],
    about: 'the same from another seed',
    config: { ...quick, seed: 11 },
    steps: 4_500,
    every: 90,
  },
  small: {
    expected: [{ code: 'improving', from: 120, to: 330 }],
    never: wrongs,
    about: 'the same with half the filters and half the batch: soon as good as it gets, digits come and go',
    config: {},
    steps: 1_200,
    every: 30,
  },
  tutorial: {
    expected: [{ code: 'improving', from: 300, to: 700 }],
    never: wrongs,
    about: 'the networks of the tutorial with few filters: slow, with accuracies that swing',
    config: { ...plain, latent: 100, dropout: 0.4, discriminatorLearningRate: 5e-4, generatorLearningRate: 5e-4 },
    steps: 1_500,
    every: 50,
  },
  'discriminator-strong': {
    expected: [{ code: 'discriminator-strong', from: 300, to: 600 }],
    never: ['improving', 'discriminator-weak', 'mode-collapse', 'good-enough'],
    about: 'the discriminator learns fifty times as fast as the generator, without dropout',
    config: { ...plain, discriminatorLearningRate: 1e-2, generatorLearningRate: 2e-4, dropout: 0 },
    steps: 600,
    every: 20,
  },
  'discriminator-weak': {
    expected: [{ code: 'discriminator-weak', from: 360, to: 600 }],
    never: ['discriminator-strong', 'mode-collapse', 'good-enough'],
    about: 'the discriminator hardly learns',
    config: { ...plain, discriminatorLearningRate: 1e-6, generatorLearningRate: 5e-4 },
    steps: 600,
    every: 20,
  },
  stuck: {
    expected: [{ code: 'generator-stuck', from: 300, to: 600 }],
    never: ['improving', 'discriminator-weak', 'mode-collapse', 'good-enough'],
    about: 'the generator hardly learns',
    config: { ...plain, discriminatorLearningRate: 2e-4, generatorLearningRate: 1e-6 },
    steps: 600,
    every: 20,
  },
  collapse: {
    expected: [{ code: 'mode-collapse', from: 330, to: 900 }],
    never: ['discriminator-strong', 'discriminator-weak', 'good-enough'],
    about: 'one number to draw from, and high rates',
    config: { latent: 1, generatorLearningRate: 1e-2, discriminatorLearningRate: 2e-3 },
    steps: 900,
    every: 30,
  },
};

const folder = resolve(import.meta.dirname, '../quality/runs');
const digits = mnistFolder === null ? drawDigits(10_000, 1) : readMnist(mnistFolder, 'train');
const asked = process.argv.slice(3);
await startWasmKernels();
const meter = await QualityMeter.create(digits, shippedClassifier());
mkdirSync(folder, { recursive: true });
for (const name of asked.length > 0 ? asked : Object.keys(plans)) {
  const plan = plans[name];
  if (!plan) throw new Error(`No run is called ${name}; there are ${Object.keys(plans).join(', ')}.`);
  const run = await record(plan);
  // A line for each part: short, and a change of what is expected is one that a person can read.
  const lines = Object.entries(run).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  writeFileSync(resolve(folder, `${name}.json`), `{${lines.join(',\n')}}\n`);
}
meter.dispose();

async function record({ expected, never, about, config: settings, steps, every }: Plan): Promise<RecordedRun> {
  const config = { ...small, ...settings };
  const trainer = new Trainer(config, new RandomBatches(config, digits.images));
  const losses = {
    discriminatorLoss: [] as number[],
    generatorLoss: [] as number[],
    accuracyReal: [] as number[],
    accuracyFake: [] as number[],
  };
  const rows: QualityRow[] = [];
  let seconds = 0;
  console.log(about);
  while (trainer.step < steps) {
    const began = performance.now();
    for (let i = 0; i < every; i++) for (const _ of trainer.trainStep());
    const scores = await trainer.takeScores();
    seconds += (performance.now() - began) / 1000;
    for (const score of scores) {
      if (score.network === 'generator') losses.generatorLoss.push(short(score.loss));
      else {
        losses.discriminatorLoss.push(short(score.loss));
        losses.accuracyReal.push(short(score.accuracyReal));
        losses.accuracyFake.push(short(score.accuracyFake));
      }
    }
    const { pixels } = await trainer.draw(qualityLatents(config, trainer.step, qualitySamples));
    const row = { step: trainer.step, seconds: short(seconds), ...rounded(await meter.measure(pixels)) };
    rows.push(row);
    const mean = (values: readonly number[]) =>
      (values.slice(-every).reduce((sum, v) => sum + v, 0) / every).toFixed(2);
    const { digits: found, diversity } = row;
    console.log(
      `  ${row.step}: covered ${found?.covered}, confidence ${found?.confidence.toFixed(2)}, Fréchet ${found?.frechet.toFixed(1)}, diversity ${diversity.toFixed(2)}; d ${mean(losses.discriminatorLoss)} g ${mean(losses.generatorLoss)} real ${mean(losses.accuracyReal)} fake ${mean(losses.accuracyFake)}`,
    );
  }
  trainer.dispose();
  const dataset = mnistFolder === null ? 'built-in' : 'mnist';
  return { expected, never, about, dataset, config, losses, rows, real: rounded(meter.real) };
}

/** Four digits say as much, in a file that stays small. */
function short(value: number): number {
  return Number(value.toPrecision(4));
}

function rounded<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (_, each: unknown) => (typeof each === 'number' ? short(each) : each))) as T;
}
