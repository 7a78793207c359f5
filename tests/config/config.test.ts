// Settings and networks: what they accept, and the counts that Keras prints for the tutorial's.
import { describe, expect, it } from 'vitest';
import { GanvasError, kindOf } from '../../src/config/errors.ts';
import { discriminatorWidths, generatorWidths, layersOf } from '../../src/config/networks.ts';
import { presetOf, presets } from '../../src/config/presets.ts';
import { stepsPerEpoch } from '../../src/config/run.ts';
import { parseConfig, settingNames, settingProblem, settings } from '../../src/config/settings.ts';
import { layerParameters, parameterCount, sizeOf, weightNames, weightShapes } from '../../src/config/weights.ts';
import { english } from '../../src/ui/words/en/index.ts';
import { refused, sentenceOf } from '../support/sentence.ts';

const { config: tutorial } = presets.tutorial;

describe('the tutorial’s networks', () => {
  it('have the parameters that Keras counts', () => {
    expect(parameterCount('generator', tutorial)).toBe(1_164_289);
    expect(parameterCount('discriminator', tutorial)).toBe(40_705);
  });

  it('have Keras’s layers, shapes and counts', () => {
    const table = (network: 'generator' | 'discriminator') =>
      layersOf(network, tutorial).map((layer) => [layer.kind, layer.outputShape.join('×'), layerParameters(layer)]);
    expect(table('generator')).toEqual([
      ['Dense', '6272', 633_472],
      ['LeakyReLU', '6272', 0],
      ['Reshape', '7×7×128', 0],
      ['Conv2DTranspose', '14×14×128', 262_272],
      ['LeakyReLU', '14×14×128', 0],
      ['Conv2DTranspose', '28×28×128', 262_272],
      ['LeakyReLU', '28×28×128', 0],
      ['Conv2D', '28×28×1', 6_273],
    ]);
    expect(table('discriminator')).toEqual([
      ['Conv2D', '14×14×64', 640],
      ['LeakyReLU', '14×14×64', 0],
      ['Dropout', '14×14×64', 0],
      ['Conv2D', '7×7×64', 36_928],
      ['LeakyReLU', '7×7×64', 0],
      ['Dropout', '7×7×64', 0],
      ['Flatten', '3136', 0],
      ['Dense', '1', 3_137],
    ]);
  });

  it('name their weights in one fixed order', () => {
    for (const network of ['generator', 'discriminator'] as const) {
      const shapes = weightShapes(network, tutorial);
      expect([...shapes.keys()]).toEqual(weightNames[network]);
      expect([...shapes.values()].reduce((sum, shape) => sum + sizeOf(shape), 0)).toBe(
        parameterCount(network, tutorial),
      );
    }
  });
});

describe('the networks of other settings', () => {
  const tapered = { ...tutorial, tapered: 1 };
  const normalised = { ...tutorial, batchNormalisation: 1 };

  it('are as wide as the filters say, tapered or not, in even numbers', () => {
    expect(generatorWidths(tutorial)).toEqual([128, 128, 128]);
    expect(discriminatorWidths(tutorial)).toEqual([64, 64]);
    expect(generatorWidths(tapered)).toEqual([128, 96, 64]);
    expect(discriminatorWidths(tapered)).toEqual([64, 128]);
    expect(generatorWidths({ ...tapered, filters: 10 })).toEqual([10, 8, 6]);
    expect(generatorWidths({ ...tapered, filters: 2 })).toEqual([2, 2, 2]);
  });

  it('hand each layer what the one before gives', () => {
    for (const config of [tapered, normalised, { ...tapered, ...normalised, filters: 10, outputKernel: 5 }]) {
      for (const network of ['generator', 'discriminator'] as const) {
        let last = network === 'generator' ? config.latent : 1;
        for (const layer of layersOf(network, config)) {
          if ('inputs' in layer) expect(layer.inputs).toBe(last);
          last = layer.outputShape[layer.outputShape.length - 1] ?? 0;
        }
      }
    }
  });

  it('draw with the output kernel', () => {
    expect(weightShapes('generator', { ...tapered, outputKernel: 5 }).get('generator/output/kernel')).toEqual([
      5, 5, 64, 1,
    ]);
  });

  it('normalise before each activation, with beta for the bias', () => {
    expect(layersOf('generator', normalised).map(({ name }) => name)).toEqual(
      'dense reshape dense_norm dense_leaky upsample1 upsample1_norm upsample1_leaky upsample2 upsample2_norm upsample2_leaky output'.split(
        ' ',
      ),
    );
    const of = (layer: string) => [
      `generator/${layer}/kernel`,
      ...['gamma', 'beta', 'moving_mean', 'moving_variance'].map((part) => `generator/${layer}_norm/${part}`),
    ];
    const output = ['generator/output/kernel', 'generator/output/bias'];
    const names = [...of('dense'), ...of('upsample1'), ...of('upsample2'), ...output];
    expect([...weightShapes('generator', normalised).keys()]).toEqual(names);
    // Keras counts the moving statistics; the three biases are gone.
    expect(parameterCount('generator', normalised)).toBe(1_164_289 - 6272 - 2 * 128 + 3 * 4 * 128);
    expect(weightShapes('discriminator', normalised)).toEqual(weightShapes('discriminator', tutorial));
  });
});

describe('presets', () => {
  it('are valid, and are recognised by their settings whatever the seed', () => {
    for (const [name, { config }] of Object.entries(presets)) {
      expect(parseConfig(config)).toEqual(config);
      expect(presetOf({ ...config, seed: 99 })).toBe(name);
      expect(presetOf({ ...config, latent: config.latent + 1 })).toBeNull();
    }
  });

  it('of the tutorial are the tutorial’s', () => {
    expect(tutorial).toMatchObject({
      filters: 128,
      tapered: 0,
      outputKernel: 7,
      discriminatorKernel: 3,
      batchNormalisation: 0,
      weightAverage: 0,
      latent: 100,
      batch: 256,
      epochs: 5,
      beta1: 0.5,
      dropout: 0.4,
      labelSmoothing: 0,
      discriminatorLearningRate: 2e-4,
      generatorLearningRate: 2e-4,
    });
    expect(stepsPerEpoch(tutorial, 60_000)).toBe(234);
  });
});

describe('settings from outside', () => {
  const sentenceOfProblem = (...given: Parameters<typeof settingProblem>): string | null => {
    const problem = settingProblem(...given);
    return problem && sentenceOf(problem);
  };

  it.each(settingNames)('%s: takes its limits, refuses what lies beyond, and says why in one sentence', (name) => {
    const { kind, min, max } = settings[name];
    const { label } = english.settings[name];
    const wanted = kind === 'switch' ? '0 \\(off\\) or 1 \\(on\\)' : '.* from .*';
    for (const value of [min, max]) expect(settingProblem(name, value)).toBeNull();
    for (const value of [min - 1, max + 1, Number.NaN, Number.POSITIVE_INFINITY, '3', null, undefined, {}]) {
      expect(sentenceOfProblem(name, value)).toMatch(new RegExp(`^${label} must be ${wanted}, .*\\.$`));
    }
  });

  it('that must be whole or even are', () => {
    expect(sentenceOfProblem('epochs', 1.5)).toBe('Epochs must be a whole number from 1 to 1000, not 1.5.');
    expect(sentenceOfProblem('batch', 7)).toBe('Batch must be an even whole number from 2 to 1024, not 7.');
    expect(sentenceOfProblem('outputKernel', 4)).toBe('Output kernel must be an odd whole number from 3 to 7, not 4.');
    expect(sentenceOfProblem('tapered', 0.5)).toBe('Tapered must be 0 (off) or 1 (on), not 0.5.');
    for (const right of [3, 5, 7]) expect(settingProblem('outputKernel', right)).toBeNull();
  });

  it('that were written before there were some are read as they were then', () => {
    const { tapered, outputKernel, discriminatorKernel, batchNormalisation, weightAverage, ...earlier } = tutorial;
    expect(parseConfig({ ...earlier, filters: 32 })).toEqual({ ...tutorial, filters: 32 });
    expect(refused(() => parseConfig({ ...earlier, outputKernel: null })).sentence).toMatch(/^Output kernel must be/);
  });

  it.each([
    null,
    3,
    'text',
    [],
    {},
    { ...tutorial, filters: undefined },
    Object.create(tutorial),
  ])('are refused: %j', (value) => {
    expect(() => parseConfig(value)).toThrow(GanvasError);
  });

  it('lose what nobody asked for', () => {
    expect(parseConfig({ ...tutorial, surprise: 1 })).toEqual(tutorial);
  });

  it('count at least one step in an epoch', () => {
    expect(stepsPerEpoch(tutorial, 64)).toBe(1);
  });
});

it('every kind of error has one sentence that says what to do', () => {
  expect(new Set(Object.values(kindOf))).toEqual(new Set(Object.keys(english.advice)));
  for (const sentence of Object.values(english.advice)) expect(sentence).toMatch(/^[A-Z][^.]*\.$/);
});
