// The loss history as a spreadsheet and a script will read it.
import { expect, it } from 'vitest';
import { lossesToCsv } from '../../src/files/csv.ts';

const header = 'step,discriminator_loss,generator_loss,accuracy_real,accuracy_fake\n';

it('has a line for each step, numbers as short as they can be, and an empty cell where there is none', () => {
  const csv = lossesToCsv({
    steps: Uint32Array.of(1, 2, 100000),
    discriminatorLoss: Float32Array.of(0.711, Number.NaN, 1e-9),
    generatorLoss: Float32Array.of(0.678, 0.1, 12345.678),
    accuracyReal: Float32Array.of(0.5, Number.NaN, 1),
    accuracyFake: Float32Array.of(0, Number.NaN, 1 / 3),
  });
  expect(csv).toBe(`${header}1,0.711,0.678,0.5,0\n2,,0.1,,\n100000,1e-9,12345.678,1,0.33333334\n`);
});

it('loses nothing of a float32', () => {
  const values = Float32Array.from({ length: 1000 }, (_, i) => Math.exp(Math.sin(i) * 20));
  const csv = lossesToCsv({
    steps: [...values.keys()],
    discriminatorLoss: values,
    generatorLoss: values,
    accuracyReal: values,
    accuracyFake: values,
  });
  const read = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[1]));
  expect(Float32Array.from(read)).toEqual(values);
});

it('is the header alone before the first step', () => {
  const none = new Float32Array();
  expect(
    lossesToCsv({ steps: none, discriminatorLoss: none, generatorLoss: none, accuracyReal: none, accuracyFake: none }),
  ).toBe(header);
});
