// The digit classifier that the measures see through: a small convnet with fixed weights, as class probabilities and
// features.
import * as tf from '@tensorflow/tfjs';
import { GanvasError } from '../config/errors.ts';
import type { Shape } from '../config/networks.ts';
import { sizeOf, type WeightArray } from '../config/weights.ts';

/** Its weights as a static file beside the page; `npm run train:classifier` makes it. */
export const classifierFile = 'classifier.safetensors';

export const classCount = 10;
/** Length of the feature vector: the units of the last layer but one, after ReLU. */
export const featureCount = 64;

/**
 * Every weight with its shape: two convolutions with stride 2 and 'same' padding, two dense layers. 79,874 parameters.
 */
export const classifierShapes = {
  'classifier/conv1/kernel': [5, 5, 1, 16],
  'classifier/conv1/bias': [16],
  'classifier/conv2/kernel': [3, 3, 16, 24],
  'classifier/conv2/bias': [24],
  'classifier/features/kernel': [7 * 7 * 24, featureCount],
  'classifier/features/bias': [featureCount],
  'classifier/classes/kernel': [featureCount, classCount],
  'classifier/classes/bias': [classCount],
} as const satisfies Readonly<Record<string, Shape>>;

export type ClassifierWeight = keyof typeof classifierShapes;
export const classifierWeights = Object.keys(classifierShapes) as readonly ClassifierWeight[];

export interface Classified {
  /** [n, 10]; each row adds up to 1. */
  readonly probabilities: tf.Tensor2D;
  /** [n, 64], none negative. */
  readonly features: tf.Tensor2D;
}

/** Owns its weights on tfjs's backend of the moment it was made. */
export class DigitClassifier {
  readonly #weights = new Map<ClassifierWeight, tf.Tensor>();

  /**
   * @param weights by name, in TensorFlow's layouts; others among them are left aside
   * @throws GanvasError 'weights-mismatch' where one is missing or has another shape, 'non-finite-weights' where a
   * number is none
   */
  constructor(weights: Readonly<Record<string, WeightArray>>) {
    for (const name of classifierWeights) checkWeight(name, weights[name]);
    for (const name of classifierWeights) {
      const { shape, data } = weights[name] as WeightArray;
      this.#weights.set(name, tf.keep(tf.tensor(data, [...shape])));
    }
  }

  /**
   * Images [n, 28, 28, 1] in 0 … 1 (ink 1) → probabilities and features, which the caller disposes. All at once: the
   * caller chooses how many that may be.
   */
  classify(images: tf.Tensor4D): Classified {
    return tf.tidy(() => {
      const conv1 = this.#convolution(images, 'conv1');
      const conv2 = this.#convolution(conv1, 'conv2');
      const flat = tf.reshape(conv2, [images.shape[0], -1]) as tf.Tensor2D;
      const features = tf.fused.matMul({ a: flat, ...this.#dense('features'), activation: 'relu' }) as tf.Tensor2D;
      const logits = tf.fused.matMul({ a: features, ...this.#dense('classes') }) as tf.Tensor2D;
      return { probabilities: tf.softmax(logits), features };
    });
  }

  /** Frees the weights. Safe to call twice. */
  dispose(): void {
    tf.dispose([...this.#weights.values()]);
    this.#weights.clear();
  }

  #weight<T extends tf.Tensor>(name: ClassifierWeight): T {
    const weight = this.#weights.get(name);
    if (!weight) throw new GanvasError('classifier-freed', {});
    return weight as T;
  }

  #convolution(x: tf.Tensor4D, layer: 'conv1' | 'conv2'): tf.Tensor4D {
    return tf.fused.conv2d({
      x,
      filter: this.#weight<tf.Tensor4D>(`classifier/${layer}/kernel`),
      bias: this.#weight<tf.Tensor1D>(`classifier/${layer}/bias`),
      strides: 2,
      pad: 'same',
      activation: 'relu',
    });
  }

  #dense(layer: 'features' | 'classes'): { b: tf.Tensor2D; bias: tf.Tensor1D } {
    return { b: this.#weight(`classifier/${layer}/kernel`), bias: this.#weight(`classifier/${layer}/bias`) };
  }
}

function checkWeight(name: ClassifierWeight, given: WeightArray | undefined): void {
  if (!given) throw new GanvasError('classifier-lacks', { weight: name });
  const shape: Shape = classifierShapes[name];
  if (given.shape.join() !== shape.join() || given.data.length !== sizeOf(shape)) {
    const shapes = { shape: `[${given.shape}]`, wanted: `[${shape}]` };
    throw new GanvasError('classifier-shape', { weight: name, count: given.data.length, ...shapes });
  }
  if (given.data.some((value) => !Number.isFinite(value))) {
    throw new GanvasError('classifier-not-finite', { weight: name });
  }
}
