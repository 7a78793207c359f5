// Makes our shaders part of tfjs's WebGL backend, under the names by which src/gan/ops asks for them.
// What is not a convolution is compiled once for all shapes. tfjs's own go on being compiled for each: WEBGL_USE_SHAPES_UNIFORMS would change
// that, but 4.22 then takes two for one where a tensor [1, m, k] is larger than the largest texture, and computes wrongly without a word.
// Ours that have it therefore never have three dimensions.
import * as tf from '@tensorflow/tfjs';
import type { GPGPUProgram, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { Shape } from '../../../config/networks.ts';
import type { MaskWords } from '../../random.ts';
import {
  type AdamStepAttributes,
  type ConvolutionAttributes,
  type CrossEntropyGradientAttributes,
  type DropoutAttributes,
  type FilterGradientAttributes,
  type InputGradientAttributes,
  kernelNames,
  type NormalisationGradientAttributes,
  type NormaliseAttributes,
  type SumBatchAttributes,
  type UploadAttributes,
  type WeightedSumAttributes,
  type ZerosAttributes,
} from '../own.ts';
import { type After, ConvolutionProgram, InputGradientProgram, WeaveProgram } from './convolutionPrograms.ts';
import { DropoutProgram, FormulaProgram } from './elementwisePrograms.ts';
import { PatchesProgram, SeenByTapsProgram } from './filterGradientPrograms.ts';
import { NormalisationGradientProgram, NormaliseProgram } from './normalisationPrograms.ts';
import { BatchSumProgram, MatrixSumProgram, PositionSumsProgram, type Term } from './sumPrograms.ts';
import { InARowProgram, upload } from './transfer.ts';

/** A number, or those of a vector. */
type Uniform = number | readonly number[];

type Inputs = Readonly<Record<string, tf.TensorInfo | undefined>>;

/** What a kernel works with. */
interface Call<Attributes> {
  readonly attributes: Attributes;
  /** @throws Error when there is no such input */
  input(name: string): tf.TensorInfo;
  has(name: string): boolean;
  /** The bias and the gate, as far as they were given. */
  readonly rest: readonly tf.TensorInfo[];
  run(program: GPGPUProgram, inputs: readonly tf.TensorInfo[], uniforms?: readonly Uniform[]): tf.TensorInfo;
  free(intermediate: tf.TensorInfo): void;
  upload(values: Float32Array, shape: Shape): tf.TensorInfo;
}

function register<Attributes>(name: string, run: (call: Call<Attributes>) => tf.TensorInfo | tf.TensorInfo[]): void {
  tf.registerKernel({
    kernelName: name,
    backendName: 'webgl',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const given = inputs as Inputs;
      const webgl = backend as MathBackendWebGL;
      return run({
        attributes: attrs as unknown as Attributes,
        input: (which) => {
          const info = given[which];
          if (!info) throw new Error(`${name} was given no ${which}.`);
          return info;
        },
        has: (which) => given[which] !== undefined,
        rest: [given.bias, given.gate].flatMap((info) => info ?? []),
        run: (program, infos, uniforms) =>
          webgl.runWebGLProgram(
            program,
            [...infos],
            'float32',
            uniforms?.map((value) => (typeof value === 'number' ? [value] : [...value])),
          ),
        free: (intermediate) => webgl.disposeIntermediateTensorInfo(intermediate),
        upload: (values, shape) => upload(webgl, values, shape),
      });
    },
  });
}

const afterOf = (call: Call<ConvolutionAttributes>): After => ({
  bias: call.has('bias'),
  gate: call.has('gate'),
  leakySlope: call.attributes.leakySlope,
});

/** One piece as two, where the batch can be halved: so that one shader serves both networks' steps, of two pieces and of one. */
function inHalves(pieces: readonly MaskWords[], shape: Shape): readonly MaskWords[] {
  const [piece] = pieces;
  const [batch = 0, ...rest] = shape;
  if (piece === undefined || pieces.length > 1 || batch % 2 === 1) return pieces;
  const half = rest.reduce((product, n) => product * n, batch / 2);
  return [piece, { ...piece, start: piece.start + half }];
}

/** A formula of the inputs `names`, all of one shape. */
function formula<Attributes>(
  call: Call<Attributes>,
  names: readonly string[],
  code: string,
  numbers: Readonly<Record<string, number>> = {},
): tf.TensorInfo {
  const inputs = names.map(call.input);
  const program = new FormulaProgram(inputs[0]?.shape ?? [], names, Object.keys(numbers), code);
  return call.run(program, inputs, Object.values(numbers));
}

/** One of the numbers in a channel of [b, h, w, channels], as a share of them. */
const shareOf = (shape: Shape): number => 1 / shape.slice(0, -1).reduce((product, n) => product * n, 1);

/** The sum of a term over batch and positions of x [b, h, w, channels], times `scale`: [channels]. */
function sumTerm<Attributes>(
  call: Call<Attributes>,
  x: tf.TensorInfo,
  term: Term,
  scale: number,
  others: readonly tf.TensorInfo[] = [],
): tf.TensorInfo {
  const ofImages = call.run(new PositionSumsProgram(x.shape, term), [x, ...others]);
  const sum = call.run(new BatchSumProgram(ofImages.shape), [ofImages], [scale]);
  call.free(ofImages);
  return sum;
}

/** Registers the shaders. Safe to call again. */
export function installWebglKernels(): void {
  if (tf.getKernel(kernelNames.conv2d, 'webgl')) return;
  register<UploadAttributes>(kernelNames.upload, (call) => call.upload(call.attributes.values, call.attributes.shape));
  register<ZerosAttributes>(kernelNames.zeros, (call) =>
    call.run(new FormulaProgram(call.attributes.shape, [], [], 'vec4(0.0)'), []),
  );
  register(kernelNames.inARow, (call) => call.run(new InARowProgram(call.input('x').shape), [call.input('x')]));
  register<ConvolutionAttributes>(kernelNames.conv2d, (call) => {
    const [x, filter] = [call.input('x'), call.input('filter')];
    const program = new ConvolutionProgram(x.shape, filter.shape, call.attributes.stride, afterOf(call));
    return call.run(program, [x, filter, ...call.rest]);
  });
  register<InputGradientAttributes>(kernelNames.conv2dInputGradient, (call) => {
    const { stride, size } = call.attributes;
    const [dy, filter] = [call.input('dy'), call.input('filter')];
    if (stride === 1) {
      const program = new InputGradientProgram(dy.shape, filter.shape, size, 1, 0, afterOf(call));
      return call.run(program, [dy, filter, ...call.rest]);
    }
    const linear: After = { bias: false, gate: false, leakySlope: undefined };
    const phases = Array.from({ length: stride }, (_, phase) =>
      call.run(new InputGradientProgram(dy.shape, filter.shape, size, stride, phase, linear), [dy, filter]),
    );
    const shape = [dy.shape[0] ?? 0, ...size, filter.shape[2] ?? 0];
    const woven = call.run(new WeaveProgram(shape, stride, afterOf(call)), [...phases, ...call.rest]);
    for (const phase of phases) call.free(phase);
    return woven;
  });
  register<FilterGradientAttributes>(kernelNames.seenByTaps, (call) => {
    const { kernel, stride } = call.attributes;
    const program = new SeenByTapsProgram(call.input('x').shape, kernel, stride);
    return call.run(program, [call.input('x')], program.uniforms);
  });
  register<Pick<FilterGradientAttributes, 'kernel'>>(kernelNames.patches, (call) =>
    call.run(new PatchesProgram(call.input('dy').shape, call.attributes.kernel), [call.input('dy')]),
  );
  register<DropoutAttributes>(kernelNames.dropout, (call) => {
    const { leakySlope } = call.attributes;
    const x = call.input('x');
    const pieces = inHalves(call.attributes.pieces, x.shape);
    const program = new DropoutProgram(x.shape, pieces.length, call.has('gate'), leakySlope);
    const [first] = pieces;
    const uniforms = pieces.flatMap(({ low, high, start }) => [low | 0, high | 0, start]);
    return call.run(program, [x, ...call.rest], [...uniforms, first?.threshold ?? 0, first?.kept ?? 1]);
  });
  register<WeightedSumAttributes>(kernelNames.weightedSum, (call) => {
    const { ofFirst, ofSecond, power } = call.attributes;
    const sum = `ofFirst * first_ + ofSecond * second_${power === 1 ? '' : ' * second_'}`;
    return formula(call, ['first', 'second'], sum, { ofFirst, ofSecond });
  });
  register<AdamStepAttributes>(kernelNames.adamStep, (call) => {
    const { rate, correction, epsilon } = call.attributes;
    const step = 'variable_ - rate * first_ / (sqrt(second_) * correction + epsilon)';
    return formula(call, ['variable', 'first', 'second'], step, { rate, correction, epsilon });
  });
  register(kernelNames.crossEntropy, (call) =>
    formula(call, ['logits', 'labels'], 'max(logits_, 0.0) - logits_ * labels_ + log(1.0 + exp(-abs(logits_)))'),
  );
  register<CrossEntropyGradientAttributes>(kernelNames.crossEntropyGradient, (call) => {
    const { scale } = call.attributes;
    return formula(call, ['logits', 'labels'], '(1.0 / (1.0 + exp(-logits_)) - labels_) * scale', { scale });
  });
  register(kernelNames.sigmoidGradient, (call) => formula(call, ['dy', 'y'], 'dy_ * y_ * (1.0 - y_)'));
  register(kernelNames.sumPositions, (call) => {
    const x = call.input('x');
    return call.run(new PositionSumsProgram(x.shape, { of: 'value' }), [x]);
  });
  register<SumBatchAttributes>(kernelNames.sumBatch, (call) => {
    const x = call.input('x');
    return call.run(new BatchSumProgram(x.shape), [x], [call.attributes.scale]);
  });
  register(kernelNames.sumMatrices, (call) => {
    const x = call.input('x');
    return call.run(new MatrixSumProgram(x.shape), [x]);
  });
  register(kernelNames.channelMoments, (call) => {
    const x = call.input('x');
    const share = shareOf(x.shape);
    const mean = sumTerm(call, x, { of: 'value' }, share);
    return [mean, sumTerm(call, x, { of: 'squaredDistance' }, share, [mean])];
  });
  register<NormalisationGradientAttributes>(kernelNames.normalisationSums, (call) => {
    const [x, dy] = [call.input('x'), call.input('dy')];
    const along: Term = { of: 'alongNormalised', epsilon: call.attributes.epsilon };
    const dGamma = sumTerm(call, x, along, 1, [dy, call.input('mean'), call.input('variance')]);
    return [dGamma, sumTerm(call, dy, { of: 'value' }, 1)];
  });
  register<NormaliseAttributes>(kernelNames.normalise, (call) => {
    const program = new NormaliseProgram(call.input('x').shape, call.attributes.epsilon, call.attributes.leakySlope);
    return call.run(program, program.variableNames.map(call.input));
  });
  register<NormalisationGradientAttributes>(kernelNames.normalisationInputGradient, (call) => {
    const { shape } = call.input('x');
    const program = new NormalisationGradientProgram(shape, call.attributes.epsilon);
    return call.run(program, program.variableNames.map(call.input), [shareOf(shape)]);
  });
}
