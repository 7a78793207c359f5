// The digit classifier: the file that ships is as good as it says, and every backend reads the same from it.
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GanvasError } from '../../src/config/errors.ts';
import type { WeightArray } from '../../src/config/weights.ts';
import { sizeOf } from '../../src/config/weights.ts';
import { drawDigits } from '../../src/data/builtIn/drawDigits.ts';
import { decode } from '../../src/files/safetensors.ts';
import {
  type ClassifierWeight,
  classifierShapes,
  classifierWeights,
  DigitClassifier,
} from '../../src/quality/classifier.ts';
import { scoreOf } from '../support/classifyDigits.ts';
import { readMnist } from '../support/mnist.ts';
import { refused } from '../support/sentence.ts';
import { mnistFolder } from '../support/sharedData.ts';
import { shippedBytes, shippedClassifier } from '../support/shippedClassifier.ts';
import { describeError } from '../support/tensors.ts';
import { startWasmKernels } from '../support/wasmKernels.ts';

const shipped = (): Record<string, WeightArray> => Object.fromEntries(decode(shippedBytes()).tensors);

describe('the file that ships', () => {
  it('is small, has the classifier’s weights and no others, and says what it is', () => {
    const bytes = shippedBytes();
    expect(bytes.length).toBeLessThan(400_000);
    const { tensors, metadata } = decode(bytes);
    expect(Object.fromEntries([...tensors].map(([name, { shape }]) => [name, shape]))).toEqual(classifierShapes);
    expect(Object.keys(metadata)).toEqual(['what', 'layers', 'trained', 'accuracy']);
    expect(metadata.accuracy).toMatch(/^99\.\d\d% of 10,000 MNIST test digits, 9\d\.\d\d% of 10,000 built-in digits$/);
  });

  it.skipIf(mnistFolder === null)(
    'tells at least 98.5% of the MNIST test digits right, as many as it says (skipped where the MNIST files are not at hand)',
    async () => {
      await startWasmKernels();
      const classifier = shippedClassifier();
      const { right } = scoreOf(classifier, readMnist(mnistFolder ?? '', 't10k'));
      classifier.dispose();
      expect(right).toBeGreaterThanOrEqual(0.985);
      const claimed = Number(/^[\d.]+/.exec(decode(shippedBytes()).metadata.accuracy ?? '')?.[0]) / 100;
      // Other engines round otherwise: a digit or two may fall on the other side.
      expect(Math.abs(right - claimed)).toBeLessThanOrEqual(2e-4);
    },
  );

  it('tells at least 98% of the built-in digits right', async () => {
    await startWasmKernels();
    const classifier = shippedClassifier();
    expect(scoreOf(classifier, drawDigits(1000, 5)).right).toBeGreaterThanOrEqual(0.98);
    classifier.dispose();
  });
});

describe.each(['cpu', 'wasm'])('a classifier on %s', (backend) => {
  const made: DigitClassifier[] = [];
  const create = (weights: Record<string, WeightArray> = shipped()) => {
    const classifier = new DigitClassifier(weights);
    made.push(classifier);
    return classifier;
  };
  const without = (name: ClassifierWeight) => {
    const { [name]: _, ...rest } = shipped();
    return rest;
  };
  beforeEach(async () => {
    if (backend === 'wasm') await startWasmKernels();
    else await tf.setBackend(backend);
  });
  afterEach(() => {
    for (const classifier of made.splice(0)) classifier.dispose();
  });

  it('computes what its layers say', () => {
    const classifier = create();
    const weights = shipped();
    tf.tidy(() => {
      const weight = (name: ClassifierWeight) => {
        const { shape, data } = weights[name] as WeightArray;
        return tf.tensor(data, [...shape]);
      };
      const { images } = drawDigits(7, 3);
      const input = tf.tensor4d(
        Float32Array.from(images, (value) => value / 255),
        [7, 28, 28, 1],
      );
      const conv = (x: tf.Tensor, layer: 'conv1' | 'conv2') =>
        tf.relu(
          tf.add(
            tf.conv2d(x as tf.Tensor4D, weight(`classifier/${layer}/kernel`) as tf.Tensor4D, 2, 'same'),
            weight(`classifier/${layer}/bias`),
          ),
        );
      const dense = (x: tf.Tensor, layer: 'features' | 'classes') =>
        tf.add(tf.matMul(x, weight(`classifier/${layer}/kernel`)), weight(`classifier/${layer}/bias`));
      const flat = tf.reshape(conv(conv(input, 'conv1'), 'conv2'), [7, 1176]);
      const features = tf.relu(dense(flat, 'features'));
      const found = classifier.classify(input);
      expect(describeError(found.features, features, 1e-5)).toBeNull();
      expect(
        describeError(found.probabilities, tf.softmax(dense(features, 'classes') as tf.Tensor2D), 1e-5),
      ).toBeNull();
    });
  });

  it('gives each image the same whatever others there are beside it', () => {
    const classifier = create();
    tf.tidy(() => {
      const images = tf.randomUniform([9, 28, 28, 1], 0, 1, 'float32', 1) as tf.Tensor4D;
      const together = classifier.classify(images);
      const alone = classifier.classify(tf.slice(images, [4, 0, 0, 0], [1, 28, 28, 1]));
      expect(describeError(alone.features, tf.slice(together.features, [4, 0], [1, -1]), 1e-5)).toBeNull();
      expect(describeError(alone.probabilities, tf.slice(together.probabilities, [4, 0], [1, -1]), 1e-5)).toBeNull();
    });
  });

  it('frees what it made, twice, and outlives a tidy in which it was made', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => void create());
    const [classifier] = made;
    if (!classifier) throw new Error('None was made.');
    expect(tf.memory().numTensors).toBe(before + classifierWeights.length);
    const images: tf.Tensor4D = tf.zeros([2, 28, 28, 1]);
    tf.dispose({ ...classifier.classify(images) });
    tf.dispose(images);
    expect(tf.memory().numTensors).toBe(before + classifierWeights.length);
    classifier.dispose();
    classifier.dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(() => tf.tidy(() => void classifier.classify(tf.zeros([1, 28, 28, 1])))).toThrow(GanvasError);
  });

  it('refuses weights that do not fit, by name, and holds nothing of them', () => {
    const before = tf.memory().numTensors;
    const name = 'classifier/classes/bias';
    const shippedWith = (weight: WeightArray) => ({ ...shipped(), [name]: weight });
    expect(refused(() => create(without(name))).sentence).toMatch(/lacks classifier\/classes\/bias/);
    const sentence = (weight: WeightArray) => refused(() => create(shippedWith(weight))).sentence;
    expect(sentence({ shape: [9], data: new Float32Array(9) })).toMatch(/\[9\].*not \[10\]/);
    expect(sentence({ shape: [10], data: new Float32Array(9) })).toMatch(/9 numbers/);
    const holed = new Float32Array(sizeOf([10])).fill(Number.NaN);
    expect(sentence({ shape: [10], data: holed })).toMatch(/not finite/);
    expect(() => create({})).toThrow(expect.objectContaining({ kind: 'weights-mismatch' }));
    expect(tf.memory().numTensors).toBe(before);
  });
});
