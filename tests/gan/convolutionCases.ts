// The convolutions on any backend against tfjs's own values and gradients on its CPU backend, for many shapes.
import * as tf from '@tensorflow/tfjs';
import { conv2dTranspose } from '../../src/gan/ops/convolution.ts';
import { kernels } from '../../src/gan/ops/current.ts';
import { type MaskWords, maskValues, purposes, RandomStream } from '../../src/gan/random/stream.ts';
import { describeError } from '../support/tensors.ts';

export interface ConvolutionCase {
  batch: number;
  height: number;
  width: number;
  kernel: number;
  stride: number;
  from: number;
  to: number;
}

export const convolutionCases: ConvolutionCase[] = [
  { batch: 3, height: 28, width: 28, kernel: 3, stride: 2, from: 1, to: 4 },
  { batch: 2, height: 14, width: 14, kernel: 3, stride: 2, from: 4, to: 6 },
  { batch: 2, height: 14, width: 14, kernel: 4, stride: 2, from: 5, to: 3 },
  { batch: 1, height: 28, width: 28, kernel: 4, stride: 2, from: 3, to: 3 },
  { batch: 3, height: 14, width: 14, kernel: 4, stride: 2, from: 16, to: 16 },
  { batch: 1, height: 10, width: 6, kernel: 4, stride: 2, from: 13, to: 21 },
  { batch: 2, height: 28, width: 28, kernel: 7, stride: 1, from: 3, to: 1 },
  { batch: 2, height: 28, width: 28, kernel: 7, stride: 1, from: 16, to: 1 },
  { batch: 2, height: 28, width: 28, kernel: 5, stride: 1, from: 6, to: 1 },
  { batch: 2, height: 28, width: 28, kernel: 3, stride: 1, from: 4, to: 1 },
  { batch: 1, height: 9, width: 7, kernel: 7, stride: 1, from: 2, to: 1 },
  { batch: 2, height: 5, width: 3, kernel: 7, stride: 1, from: 9, to: 1 },
  { batch: 2, height: 9, width: 7, kernel: 3, stride: 2, from: 2, to: 3 },
  { batch: 2, height: 7, width: 10, kernel: 4, stride: 2, from: 1, to: 1 },
  { batch: 2, height: 6, width: 5, kernel: 3, stride: 1, from: 3, to: 2 },
  { batch: 1, height: 5, width: 5, kernel: 5, stride: 2, from: 1, to: 2 },
  { batch: 2, height: 28, width: 28, kernel: 5, stride: 2, from: 1, to: 8 },
  { batch: 3, height: 14, width: 14, kernel: 5, stride: 2, from: 8, to: 16 },
  { batch: 2, height: 14, width: 14, kernel: 7, stride: 2, from: 6, to: 5 },
  { batch: 2, height: 8, width: 8, kernel: 2, stride: 2, from: 2, to: 2 },
  { batch: 1, height: 1, width: 1, kernel: 3, stride: 1, from: 2, to: 2 },
  { batch: 4, height: 3, width: 5, kernel: 1, stride: 1, from: 7, to: 1 },
  { batch: 2, height: 10, width: 11, kernel: 3, stride: 3, from: 2, to: 2 },
];

export const nameOf = ({ batch, height, width, kernel, stride, from, to }: ConvolutionCase): string =>
  `${batch}×${height}×${width}×${from} → ${to}, kernel ${kernel}, stride ${stride}`;

const slope = 0.2;
const tolerance = 1e-4;
const leaky = (x: tf.Tensor): tf.Tensor => tf.leakyRelu(x, slope);
const normal = <T extends tf.Tensor>(shape: number[], seed: number): T =>
  tf.randomNormal(shape, 0, 1, 'float32', seed) as unknown as T;
const gateOf = (dy: tf.Tensor, output: tf.Tensor): tf.Tensor => tf.mul(dy, tf.step(output, slope));

/** Masks of two pieces where the batch can be halved. */
const pieces = ({ shape: [batch = 1] }: tf.Tensor): MaskWords[] =>
  Array.from({ length: batch % 2 === 0 ? 2 : 1 }, (_, part) =>
    new RandomStream(7, purposes.generatorDropout, 3, part).maskWords(0.4, 10),
  );

/** Every operation's inputs and tfjs's results for them. */
function expected({ batch, height, width, kernel, stride, from, to }: ConvolutionCase) {
  const x = normal<tf.Tensor4D>([batch, height, width, from], 11);
  const filter = normal<tf.Tensor4D>([kernel, kernel, from, to], 12);
  const forward = tf.conv2d(x, filter, stride, 'same');
  const dy = normal<tf.Tensor4D>(forward.shape, 13);
  const bias = normal<tf.Tensor1D>([to], 14);
  const turned = normal<tf.Tensor4D>([kernel, kernel, to, from], 15);
  const gate = normal<tf.Tensor4D>(forward.shape, 16);
  const inputGate = normal<tf.Tensor4D>([batch, height, width, from], 17);
  const size: [number, number, number, number] = [batch, height * stride, width * stride, to];
  const [dx, dFilter] = tf.grads((a, w) => tf.conv2d(a as tf.Tensor4D, w as tf.Tensor4D, stride, 'same'))(
    [x, filter],
    dy,
  ) as [tf.Tensor, tf.Tensor];
  const masks = pieces(dy).flatMap((words) => [...maskValues(words, dy.size / pieces(dy).length)]);
  const dropped = tf.mul(dy, tf.tensor(masks, dy.shape));
  return {
    inputs: { x, filter, dy, bias, turned, gate, inputGate },
    results: {
      forward: leaky(tf.add(forward, bias)),
      plain: forward,
      biased: tf.add(forward, bias),
      gated: gateOf(forward, gate),
      inputGradient: dx,
      gatedInputGradient: gateOf(dx, inputGate),
      filterGradient: dFilter,
      transposed: leaky(tf.add(tf.conv2dTranspose(x, turned, size, stride, 'same'), bias)),
      sums: tf.sum(dy, [0, 1, 2]),
      dropped,
      droppedBack: gateOf(dropped, gate),
      gatedOnly: gateOf(dy, gate),
    },
  };
}

type Inputs = ReturnType<typeof expected>['inputs'];
type Name = keyof ReturnType<typeof expected>['results'];

const operations: Readonly<Record<Name, (inputs: Inputs, shape: ConvolutionCase) => tf.Tensor>> = {
  forward: ({ x, filter, bias }, { stride }) => kernels().conv2d(x, filter, stride, { bias, leakySlope: slope }),
  plain: ({ x, filter }, { stride }) => kernels().conv2d(x, filter, stride),
  biased: ({ x, filter, bias }, { stride }) => kernels().conv2d(x, filter, stride, { bias }),
  gated: ({ x, filter, gate }, { stride }) => kernels().conv2d(x, filter, stride, { gate, leakySlope: slope }),
  inputGradient: ({ dy, filter }, { stride, height, width }) =>
    kernels().conv2dInputGradient(dy, filter, [height, width], stride),
  gatedInputGradient: ({ dy, filter, inputGate }, { stride, height, width }) =>
    kernels().conv2dInputGradient(dy, filter, [height, width], stride, { gate: inputGate, leakySlope: slope }),
  filterGradient: ({ x, dy }, { kernel, stride }) => kernels().conv2dFilterGradient(x, dy, kernel, stride),
  transposed: ({ x, turned, bias }, { stride }) => conv2dTranspose(x, turned, stride, { bias, leakySlope: slope }),
  sums: ({ dy }) => kernels().sumToChannels(dy),
  dropped: ({ dy }) => kernels().dropout(dy, pieces(dy)),
  droppedBack: ({ dy, gate }) => kernels().dropoutGradient(dy, gate, slope, pieces(dy)),
  gatedOnly: ({ dy, gate }) => kernels().dropoutGradient(dy, gate, slope),
};

/** One line for each wrong result, or leaked tensor, on the backend that `use` makes current. */
export async function problemsOf(shape: ConvolutionCase, use: () => Promise<unknown>): Promise<string[]> {
  await tf.setBackend('cpu');
  const { inputs, results } = tf.tidy(() => expected(shape));
  const problems: string[] = [];
  for (const [name, operation] of Object.entries(operations) as [Name, (typeof operations)[Name]][]) {
    await use();
    const before = tf.memory().numTensors;
    const result = tf.tidy(() => operation(inputs, shape));
    if (tf.memory().numTensors !== before + 1)
      problems.push(`${name}: leaked ${tf.memory().numTensors - before - 1} tensors`);
    const values = await result.data();
    await tf.setBackend('cpu');
    const problem = describeError(tf.tensor(values, result.shape), results[name], tolerance);
    if (problem !== null) problems.push(`${name}: ${problem}`);
    result.dispose();
  }
  tf.dispose([inputs, results]);
  return problems;
}
