// The digit classifier while it learns: its forward pass with dropout and its gradients, on the operations of
// src/gan/ops.
import * as tf from '@tensorflow/tfjs';
import type { Shape } from '../../src/config/networks.ts';
import { sizeOf, type WeightArray } from '../../src/config/weights.ts';
import type { Random } from '../../src/data/builtIn/random.ts';
import { kernels } from '../../src/gan/ops/current.ts';
import { type ClassifierWeight, classifierShapes, classifierWeights } from '../../src/quality/classifier.ts';

export type Variables = Readonly<Record<ClassifierWeight, tf.Variable>>;
export type Gradients = Readonly<Record<ClassifierWeight, tf.Tensor>>;

/** ReLU, as a LeakyReLU that lets nothing through. */
const leakySlope = 0;

/** He et al. 2015: kernels with standard deviation √(2 / fan in), biases zero. The caller disposes them. */
export function initialVariables(random: Random): Variables {
  const entries = classifierWeights.map((name) => {
    const shape: Shape = classifierShapes[name];
    const scale = name.endsWith('/bias') ? 0 : Math.sqrt(2 / sizeOf(shape.slice(0, -1)));
    const data = Float32Array.from({ length: sizeOf(shape) }, () => scale * random.bell());
    return [name, tf.tidy(() => tf.variable(tf.tensor(data, [...shape])))];
  });
  return Object.fromEntries(entries) as Variables;
}

export async function readVariables(variables: Variables): Promise<Record<ClassifierWeight, WeightArray>> {
  const entries = classifierWeights.map(async (name) => {
    const data = Float32Array.from(await variables[name].data());
    return [name, { shape: classifierShapes[name], data }];
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<ClassifierWeight, WeightArray>;
}

/**
 * The loss (mean cross-entropy, in nats) and its gradients.
 * @param images [b, 28, 28, 1] in 0 … 1
 * @param targets [b, 10], one-hot
 * @param mask [b, 64]: what dropout multiplies the features by
 */
export function lossAndGradients(
  w: Variables,
  images: tf.Tensor4D,
  targets: tf.Tensor2D,
  mask: tf.Tensor2D,
): { loss: tf.Scalar; gradients: Gradients } {
  const { conv2d, conv2dFilterGradient, conv2dInputGradient, dense, denseKernelGradient, sumToChannels } = kernels();
  return tf.tidy(() => {
    const batch = images.shape[0];
    const conv = (x: tf.Tensor4D, layer: 'conv1' | 'conv2') => {
      const bias = w[`classifier/${layer}/bias`] as tf.Tensor as tf.Tensor1D;
      return conv2d(x, w[`classifier/${layer}/kernel`] as tf.Tensor as tf.Tensor4D, 2, { bias, leakySlope });
    };
    const linear = (x: tf.Tensor2D, layer: 'features' | 'classes', slope?: number) => {
      const bias = w[`classifier/${layer}/bias`] as tf.Tensor as tf.Tensor1D;
      return dense(x, w[`classifier/${layer}/kernel`] as tf.Tensor as tf.Tensor2D, bias, slope);
    };
    const conv1 = conv(images, 'conv1');
    const conv2 = conv(conv1, 'conv2');
    const flat = tf.reshape(conv2, [batch, -1]) as tf.Tensor2D;
    const features = linear(flat, 'features', leakySlope);
    const dropped = tf.mul(features, mask) as tf.Tensor2D;
    const logSoftmax = tf.logSoftmax(linear(dropped, 'classes'));

    const dLogits = tf.div(tf.sub(tf.exp(logSoftmax), targets), batch) as tf.Tensor2D;
    // Transposed anew at each step: tfjs may keep packed copies of the weights themselves, which Adam changes in place.
    const back = (dy: tf.Tensor2D, layer: 'features' | 'classes') =>
      tf.matMul(dy, tf.transpose(w[`classifier/${layer}/kernel`]) as tf.Tensor2D);
    const dFeatures = tf.mul(tf.mul(back(dLogits, 'classes'), mask), tf.step(features)) as tf.Tensor2D;
    const dConv2 = tf.mul(tf.reshape(back(dFeatures, 'features'), conv2.shape), tf.step(conv2)) as tf.Tensor4D;
    const kernel2 = w['classifier/conv2/kernel'] as tf.Tensor as tf.Tensor4D;
    const dConv1 = conv2dInputGradient(dConv2, kernel2, [14, 14], 2, { gate: conv1, leakySlope });
    return {
      loss: tf.neg(tf.div(tf.sum(tf.mul(logSoftmax, targets)), batch)) as tf.Scalar,
      gradients: {
        'classifier/conv1/kernel': conv2dFilterGradient(images, dConv1, 5, 2),
        'classifier/conv1/bias': sumToChannels(dConv1),
        'classifier/conv2/kernel': conv2dFilterGradient(conv1, dConv2, 3, 2),
        'classifier/conv2/bias': sumToChannels(dConv2),
        'classifier/features/kernel': denseKernelGradient(flat, dFeatures),
        'classifier/features/bias': sumToChannels(dFeatures),
        'classifier/classes/kernel': denseKernelGradient(dropped, dLogits),
        'classifier/classes/bias': sumToChannels(dLogits),
      },
    };
  });
}
