// The average of the generator's weights: its values, that digits are drawn and weights exported with it, its cost.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawDigits } from '../../src/data/builtIn/drawDigits.ts';
import { gridLatents, RandomBatches } from '../../src/gan/training/batches.ts';
import { Trainer } from '../../src/gan/training/trainer.ts';
import { tinyNormalised } from '../support/configs.ts';

const decay = 0.75;
const plain = { ...tinyNormalised, weightAverage: 0 };
const averaged = { ...tinyNormalised, weightAverage: decay };
const { images } = drawDigits(64, 1);

const open = (config: typeof plain) => new Trainer(config, new RandomBatches(config, images));
const take = (work: Generator<void, void>): void => {
  for (const _ of work);
};

describe('the average of the generator’s weights', () => {
  beforeAll(() => tf.setBackend('cpu'));

  it('moves at each of the generator’s steps, and training is the same as without it', async () => {
    const [a, b] = [open(plain), open(averaged)];
    const expected = { ...(await a.weights()) } as Record<string, { data: Float32Array }>;
    for (let step = 0; step < 3; step++) {
      take(a.trainStep());
      take(b.trainStep());
      for (const [name, { data }] of Object.entries(await a.weights())) {
        if (!name.startsWith('generator/')) continue;
        const before = expected[name]?.data ?? new Float32Array();
        expected[name] = { data: data.map((value, i) => decay * (before[i] ?? 0) + (1 - decay) * value) };
      }
    }
    expect(await b.takeScores()).toEqual(await a.takeScores());
    const [raw, average] = [await a.weights(), await b.weights()];
    let moved = 0;
    for (const [name, { data }] of Object.entries(average)) {
      const wanted = name.startsWith('generator/') ? expected[name]?.data : raw[name as keyof typeof raw]?.data;
      data.forEach((value, i) => {
        expect(value).toBeCloseTo(wanted?.[i] ?? Number.NaN, 5);
        moved += Math.abs(value - (raw[name as keyof typeof raw]?.data[i] ?? 0));
      });
    }
    expect(moved).toBeGreaterThan(0.1);
    a.dispose();
    b.dispose();
  });

  it('is what digits are drawn with, in the trainer and from its exported weights', async () => {
    const trainer = open(averaged);
    for (let step = 0; step < 3; step++) take(trainer.trainStep());
    const latents = gridLatents(averaged);
    const drawn = await trainer.draw(latents);
    const again = new Trainer(averaged, new RandomBatches(averaged, images), { weights: await trainer.weights() });
    expect((await again.draw(latents)).pixels).toEqual(drawn.pixels);
    again.dispose();
    trainer.dispose();
  });

  it('does not change in the discriminator’s half-step, leaks nothing, is freed', async () => {
    const before = tf.memory().numTensors;
    const trainer = open(averaged);
    const weights = await trainer.weights();
    take(trainer.halfStep('discriminator'));
    const after = await trainer.weights();
    for (const [name, { data }] of Object.entries(after)) {
      if (name.startsWith('generator/')) expect(data).toEqual(weights[name as keyof typeof weights]?.data);
    }
    take(trainer.trainStep());
    await trainer.takeScores();
    const held = tf.memory().numTensors;
    for (let step = 0; step < 3; step++) take(trainer.trainStep());
    await trainer.takeScores();
    expect(tf.memory().numTensors).toBe(held);
    trainer.dispose();
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
