// The self-test's step computed anew, in stock tfjs operations with tfjs's own gradients, on its CPU backend: none of src/gan's code.
import * as tf from '@tensorflow/tfjs';
import { type WeightName, weightNames } from '../../src/config/networks.ts';
import { fixed } from '../../src/config/run.ts';
import { digest, type SelfTestReference, selfTestConfig, selfTestInputs } from '../../src/worker/selfTest.ts';

type Tensors = Record<WeightName, tf.Tensor>;

const leaky = (x: tf.Tensor): tf.Tensor => tf.leakyRelu(x, fixed.leakySlope);

function draw(w: Tensors, latent: tf.Tensor2D): tf.Tensor4D {
  const batch = latent.shape[0];
  const { filters } = selfTestConfig;
  const up = (x: tf.Tensor, name: 'upsample1' | 'upsample2', size: number) => {
    const kernel = w[`generator/${name}/kernel`] as tf.Tensor4D;
    const grown = tf.conv2dTranspose(x as tf.Tensor4D, kernel, [batch, size, size, filters], 2, 'same');
    return leaky(tf.add(grown, w[`generator/${name}/bias`]));
  };
  const dense = leaky(tf.add(tf.matMul(latent, w['generator/dense/kernel']), w['generator/dense/bias']));
  const large = up(up(tf.reshape(dense, [batch, 7, 7, filters]), 'upsample1', 14), 'upsample2', 28);
  const output = tf.conv2d(large as tf.Tensor4D, w['generator/output/kernel'] as tf.Tensor4D, 1, 'same');
  return tf.sigmoid(tf.add(output, w['generator/output/bias'])) as tf.Tensor4D;
}

function judge(w: Tensors, images: tf.Tensor4D): tf.Tensor {
  const block = (x: tf.Tensor, name: 'conv1' | 'conv2') => {
    const kernel = w[`discriminator/${name}/kernel`] as tf.Tensor4D;
    return leaky(tf.add(tf.conv2d(x as tf.Tensor4D, kernel, 2, 'same'), w[`discriminator/${name}/bias`]));
  };
  const flat = tf.reshape(block(block(images, 'conv1'), 'conv2'), [images.shape[0], -1]);
  return tf.add(tf.matMul(flat, w['discriminator/dense/kernel']), w['discriminator/dense/bias']);
}

const lossOf = (logits: tf.Tensor, labels: tf.Tensor): tf.Scalar => tf.losses.sigmoidCrossEntropy(labels, logits);

/** On tfjs's CPU backend, which becomes the current one. */
export async function computeReference(): Promise<SelfTestReference> {
  await tf.setBackend('cpu');
  const { batch, latent, labelSmoothing, beta1, discriminatorLearningRate } = selfTestConfig;
  const { batches } = selfTestInputs;
  const arrays = selfTestInputs.weights();
  const names = [...weightNames.generator, ...weightNames.discriminator];
  const weights = Object.fromEntries(
    names.map((name) => {
      const { data, shape } = arrays[name] ?? { data: [], shape: [] };
      return [name, tf.tensor(data, [...shape])];
    }),
  );
  const half = batch / 2;

  /** The loss and the gradients by one network's weights. */
  const differentiate = (network: 'generator' | 'discriminator', loss: (w: Tensors) => tf.Scalar) => {
    const own: readonly WeightName[] = weightNames[network];
    const f = (...values: tf.Tensor[]) =>
      loss({ ...weights, ...Object.fromEntries(own.map((name, i) => [name, values[i]])) } as Tensors);
    const { value, grads } = tf.valueAndGrads(f)(own.map((name) => weights[name] as tf.Tensor));
    return {
      loss: value.dataSync()[0] ?? Number.NaN,
      gradients: own.map((name, i) => [name, grads[i] as tf.Tensor] as const),
    };
  };

  const discriminator = differentiate('discriminator', (w) => {
    const real = tf.tensor4d(batches.realImages(0, half), [half, 28, 28, 1]);
    const fake = draw(w, tf.tensor2d(batches.latents('discriminator', 0, half), [half, latent]));
    const labels = tf.concat([tf.fill([half, 1], 1 - labelSmoothing), tf.zeros([half, 1])]);
    return lossOf(judge(w, tf.concat([real, fake])), labels);
  });
  const optimizer = tf.train.adam(discriminatorLearningRate, beta1, fixed.beta2, fixed.epsilon);
  const variables = discriminator.gradients.map(([name]) => tf.variable(weights[name] as tf.Tensor, true, name));
  optimizer.applyGradients(discriminator.gradients.map(([name, tensor]) => ({ name, tensor })));
  for (const [i, [name]] of discriminator.gradients.entries()) weights[name] = variables[i] as tf.Tensor;
  const generator = differentiate('generator', (w) =>
    lossOf(
      judge(w, draw(w, tf.tensor2d(batches.latents('generator', 0, batch), [batch, latent]))),
      tf.ones([batch, 1]),
    ),
  );

  const gradients = [...generator.gradients, ...discriminator.gradients].map(([name, gradient]) => {
    const { norm, sums } = digest(gradient.dataSync());
    return [name, { norm: rounded(norm), sums: sums.map(rounded) }];
  });
  tf.disposeVariables();
  return {
    losses: { generator: rounded(generator.loss), discriminator: rounded(discriminator.loss) },
    gradients: Object.fromEntries(gradients) as SelfTestReference['gradients'],
  };
}

/** Six digits: fifty times finer than what is compared. */
const rounded = (value: number): number => Number(value.toPrecision(6));
