// How a preset goes over its epochs of MNIST: losses, quality and digits. `npm run bench:course -- tutorial FOLDER`
// (Node, one thread). The folder gets course.json after every measurement, and pictures of the curves and of the last
// digits at the end.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright';
import { type PresetName, presets } from '../../../src/config/presets.ts';
import { isRecognisable, type Quality, qualitySamples } from '../../../src/config/quality.ts';
import { fixed, stepsPerEpoch } from '../../../src/config/run.ts';
import { decode } from '../../../src/files/safetensors.ts';
import { gridLatents, qualityLatents, RandomBatches } from '../../../src/gan/training/batches.ts';
import { type HalfStepScores, Trainer } from '../../../src/gan/training/trainer.ts';
import { classifierFile, DigitClassifier } from '../../../src/quality/classifier.ts';
import { QualityMeter } from '../../../src/quality/measure.ts';
import { chromiumFlags, ensureChromium } from '../../support/chromium.ts';
import { readMnist } from '../../support/mnist.ts';
import { mnistFolder } from '../../support/sharedData.ts';
import { startWasmKernels } from '../../support/wasmKernels.ts';

const [name = 'tutorial', folder = 'course'] = process.argv.slice(3).filter((word) => word !== '--');
if (mnistFolder === null) throw new Error('There are no MNIST files to learn from.');
mkdirSync(folder, { recursive: true });
const { config } = presets[name as PresetName];
const measurements = 30;

await startWasmKernels();
const digits = readMnist(mnistFolder, 'train');
const file = readFileSync(resolve(import.meta.dirname, '../../../public', classifierFile));
const meter = await QualityMeter.create(digits, new DigitClassifier(Object.fromEntries(decode(file).tensors)));
const trainer = new Trainer(config, new RandomBatches(config, digits.images));
const steps = config.epochs * stepsPerEpoch(config, digits.images.length / 784);
const every = Math.ceil(steps / measurements);

const scores: HalfStepScores[] = [];
const quality: (Quality & { step: number; seconds: number })[] = [];
let seconds = 0;
while (trainer.step < steps) {
  const began = performance.now();
  for (let i = 0; i < every && trainer.step < steps; i++) for (const _ of trainer.trainStep());
  scores.push(...(await trainer.takeScores()));
  seconds += (performance.now() - began) / 1000;
  const { pixels } = await trainer.draw(qualityLatents(config, trainer.step, qualitySamples));
  quality.push({ step: trainer.step, seconds, ...(await meter.measure(pixels)) });
  writeFileSync(join(folder, 'course.json'), JSON.stringify({ name, config, steps, quality, scores }));
}
const { pixels } = await trainer.draw(gridLatents(config));
trainer.dispose();

console.log(
  '| epoch | step | discriminator’s loss | generator’s loss | classes | confidence | Fréchet | IS | diversity |',
);
console.log('|--:|--:|--:|--:|--:|--:|--:|--:|--:|');
for (const row of quality) {
  const { step, digits: of, diversity } = row;
  const recent = (network: string) => {
    const losses = scores.filter((each) => each.network === network && each.step > step - every && each.step <= step);
    return (losses.reduce((sum, { loss }) => sum + loss, 0) / losses.length).toFixed(3);
  };
  const cells = [(step / (steps / config.epochs)).toFixed(1), step, recent('discriminator'), recent('generator')];
  const found = of && [of.covered, of.confidence.toFixed(2), of.frechet.toFixed(1), of.inceptionScore.toFixed(2)];
  console.log(`| ${[...cells, ...(found ?? []), diversity.toFixed(2)].join(' | ')} |`);
}
const recognisable = quality.find(isRecognisable);
console.log(
  `recognisable: ${recognisable ? `step ${recognisable.step}, ${recognisable.seconds.toFixed(0)} s` : 'not'}`,
);
await draw();

/** The curves and the last grid, drawn by a browser. */
async function draw(): Promise<void> {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags });
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 300 } });
    const line = (network: string, colour: string, dash: string) => {
      const points = scores
        .filter((each) => each.network === network)
        .map(({ step, loss }) => `${50 + (830 * step) / steps},${270 - 250 * Math.min(1, loss / 2)}`);
      return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-dasharray="${dash}" stroke-width="1.2"/>`;
    };
    const ticks = [0, 0.5, 1, 1.5, 2].map((loss) => {
      const y = 270 - 125 * loss;
      return `<line x1="50" x2="880" y1="${y}" y2="${y}" stroke="#ddd"/><text x="44" y="${y + 4}" text-anchor="end">${loss}</text>`;
    });
    const epochs = Array.from({ length: config.epochs + 1 }, (_, epoch) => {
      const x = 50 + (830 * epoch) / config.epochs;
      return `<text x="${x}" y="290" text-anchor="middle">${epoch === 0 ? 'epoch 0' : epoch}</text>`;
    });
    await page.setContent(
      `<body style="margin:0;background:#fff"><svg width="900" height="300" font-family="sans-serif" font-size="12">${ticks.join('')}${epochs.join('')}
       ${line('generator', '#C2410C', '')}${line('discriminator', '#0E7490', '4 2')}
       <text x="700" y="20" fill="#C2410C">generator’s loss</text><text x="700" y="36" fill="#0E7490">discriminator’s loss (dashed)</text></svg></body>`,
    );
    await page.screenshot({ path: join(folder, `${name}-losses.png`) });
    await page.setViewportSize({ width: 16 * 56, height: 4 * 56 });
    await page.setContent(
      '<body style="margin:0"><canvas width="448" height="112" style="width:896px;image-rendering:pixelated"></canvas></body>',
    );
    await page.evaluate(
      ({ values, tiles }) => {
        const context = document.querySelector('canvas')?.getContext('2d');
        for (let tile = 0; tile < tiles; tile++) {
          const image = new ImageData(28, 28);
          for (let i = 0; i < 784; i++) {
            const paper = 255 - Math.round(255 * (values[tile * 784 + i] ?? 0));
            image.data.set([paper, paper, paper, 255], i * 4);
          }
          context?.putImageData(image, (tile % 16) * 28, Math.floor(tile / 16) * 28);
        }
      },
      { values: [...pixels], tiles: fixed.gridTiles },
    );
    await page.screenshot({ path: join(folder, `${name}-digits.png`) });
  } finally {
    await browser.close();
  }
}
