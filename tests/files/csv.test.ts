// The loss history as a spreadsheet and a script will read it.
import { expect, it } from 'vitest';
import type { QualityRow } from '../../src/config/quality.ts';
import { historyToCsv } from '../../src/files/csv.ts';

const header =
  'step,discriminator_loss,generator_loss,accuracy_real,accuracy_fake,training_seconds,classes_covered,class_divergence,' +
  'mean_confidence,inception_score,frechet_distance,diversity,' +
  'share_0,share_1,share_2,share_3,share_4,share_5,share_6,share_7,share_8,share_9\n';
const none = ','.repeat(17);
const losses = {
  discriminatorLoss: Float32Array.of(0.5, 0.25),
  generatorLoss: Float32Array.of(0.75, 1),
  accuracyReal: Float32Array.of(1, 1),
  accuracyFake: Float32Array.of(0, 1),
};

it('has a line for each step, numbers as short as they can be, and an empty cell where there is none', () => {
  const csv = historyToCsv(
    {
      steps: Uint32Array.of(1, 2, 100000),
      discriminatorLoss: Float32Array.of(0.711, Number.NaN, 1e-9),
      generatorLoss: Float32Array.of(0.678, 0.1, 12345.678),
      accuracyReal: Float32Array.of(0.5, Number.NaN, 1),
      accuracyFake: Float32Array.of(0, Number.NaN, 1 / 3),
    },
    [],
  );
  expect(csv).toBe(`${header}1,0.711,0.678,0.5,0${none}\n2,,0.1,,${none}\n100000,1e-9,12345.678,1,0.33333334${none}\n`);
});

it('loses nothing of a float32', () => {
  const values = Float32Array.from({ length: 1000 }, (_, i) => Math.exp(Math.sin(i) * 20));
  const csv = historyToCsv(
    {
      steps: [...values.keys()],
      discriminatorLoss: values,
      generatorLoss: values,
      accuracyReal: values,
      accuracyFake: values,
    },
    [],
  );
  const read = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[1]));
  expect(Float32Array.from(read)).toEqual(values);
});

it('is the header alone before the first step', () => {
  const empty = new Float32Array();
  expect(
    historyToCsv(
      { steps: empty, discriminatorLoss: empty, generatorLoss: empty, accuracyReal: empty, accuracyFake: empty },
      [],
    ),
  ).toBe(header);
});

it('has the quality of a step beside its losses, where it was measured and as far as it was', () => {
  const shares = [0.5, 0.5, 0, 0, 0, 0, 0, 0, 0, 0];
  const digits = { classShares: shares, covered: 2, divergence: 1.5, confidence: 0.75, inceptionScore: 2, frechet: 80 };
  const judged: QualityRow = { step: 7, seconds: 3.25, diversity: 0.5, digits };
  const csv = historyToCsv({ steps: [6, 7], ...losses }, [judged]);
  expect(csv).toBe(`${header}6,0.5,0.75,1,0${none}\n7,0.25,1,1,1,3.25,2,1.5,0.75,2,80,0.5,0.5,0.5,0,0,0,0,0,0,0,0\n`);
  const unjudged = historyToCsv({ steps: [6, 7], ...losses }, [{ ...judged, digits: null }]);
  expect(unjudged).toBe(`${header}6,0.5,0.75,1,0${none}\n7,0.25,1,1,1,3.25,,,,,,0.5${','.repeat(10)}\n`);
});
