// Registers the shaders with tfjs's WebGL backend: which programs compute each custom kernel.
import type * as tf from '@tensorflow/tfjs';
import type { GPGPUProgram, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { Shape } from '../../../config/networks.ts';
import type { MaskWords } from '../../random/stream.ts';
import { type Implementations, type Run, registerCustomKernels, runCustomKernel } from '../base/customKernels.ts';
import { type After, ConvolutionProgram, InputGradientProgram, WeaveProgram } from './convolutionPrograms.ts';
import { DropoutProgram, FormulaProgram } from './elementwisePrograms.ts';
import { PatchesProgram, TapInputsProgram } from './filterGradientPrograms.ts';
import { NormalisationGradientProgram, NormaliseProgram } from './normalisationPrograms.ts';
import { BatchSumProgram, MatrixSumProgram, PositionSumsProgram, type Term } from './sumPrograms.ts';
import { FlattenProgram, upload } from './transfer.ts';

/** A number, or those of a vector. */
type Uniform = number | readonly number[];

interface Tools {
  readonly run: (
    program: GPGPUProgram,
    inputs: readonly tf.TensorInfo[],
    uniforms?: readonly Uniform[],
  ) => tf.TensorInfo;
  readonly free: (intermediate: tf.TensorInfo) => void;
  readonly upload: (values: Float32Array, shape: Shape) => tf.TensorInfo;
}

export function registerWebglKernels(): void {
  registerCustomKernels<tf.TensorInfo, Tools>('webgl', implementations, (backend) => {
    const webgl = backend as MathBackendWebGL;
    const run: Tools['run'] = (program, inputs, uniforms) =>
      webgl.runWebGLProgram(
        program,
        [...inputs],
        'float32',
        uniforms?.map((value) => (typeof value === 'number' ? [value] : [...value])),
      );
    const free: Tools['free'] = (intermediate) => webgl.disposeIntermediateTensorInfo(intermediate);
    return {
      place: (info) => info,
      tools: { run, free, upload: (values, shape) => upload(webgl, values, shape) },
    };
  });
}

const linear: After = { bias: false, gate: false, leakySlope: undefined };

const afterOf = (
  { bias, gate }: { readonly bias?: tf.TensorInfo | undefined; readonly gate?: tf.TensorInfo | undefined },
  leakySlope: number | undefined,
): After => ({ bias: bias !== undefined, gate: gate !== undefined, leakySlope });

/** Those that are there, in this order. */
const present = (...inputs: readonly (tf.TensorInfo | undefined)[]): tf.TensorInfo[] =>
  inputs.flatMap((info) => info ?? []);

/**
 * One piece as two, where the batch can be halved: one shader then serves both networks' steps, which have two pieces
 * and one.
 */
function inHalves(pieces: readonly MaskWords[], shape: Shape): readonly MaskWords[] {
  const [piece] = pieces;
  const [batch = 0, ...rest] = shape;
  if (piece === undefined || pieces.length > 1 || batch % 2 === 1) return pieces;
  const half = rest.reduce((product, n) => product * n, batch / 2);
  return [piece, { ...piece, start: piece.start + half }];
}

/** A formula of inputs of one shape, and of numbers. */
function formula(
  { run }: Tools,
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  code: string,
  numbers: Readonly<Record<string, number>> = {},
): tf.TensorInfo {
  const infos = Object.values(inputs);
  const program = new FormulaProgram(infos[0]?.shape ?? [], Object.keys(inputs), Object.keys(numbers), code);
  return run(program, infos, Object.values(numbers));
}

/** The share of one number among all of its channel in [b, h, w, channels]. */
const shareOf = (shape: Shape): number => 1 / shape.slice(0, -1).reduce((product, n) => product * n, 1);

/** The sum of a term over batch and positions of x [b, h, w, channels], times `scale`: [channels]. */
function sumTerm(
  { run, free }: Tools,
  x: tf.TensorInfo,
  term: Term,
  scale: number,
  others: readonly tf.TensorInfo[] = [],
): tf.TensorInfo {
  const perImage = run(new PositionSumsProgram(x.shape, term), [x, ...others]);
  const sum = run(new BatchSumProgram(perImage.shape), [perImage], [scale]);
  free(perImage);
  return sum;
}

const implementations = {
  upload: (_, { values, shape }, tools) => tools.upload(values, shape),
  zeros: (_, { shape }, { run }) => run(new FormulaProgram(shape, [], [], 'vec4(0.0)'), []),
  flatten: ({ x }, _, { run }) => run(new FlattenProgram(x.shape), [x]),
  conv2d: ({ x, filter, bias, gate }, { stride, leakySlope }, { run }) => {
    const program = new ConvolutionProgram(x.shape, filter.shape, stride, afterOf({ bias, gate }, leakySlope));
    return run(program, [x, filter, ...present(bias, gate)]);
  },
  conv2dInputGradient: ({ dy, filter, bias, gate }, { stride, leakySlope, size }, { run, free }) => {
    const after = afterOf({ bias, gate }, leakySlope);
    const rest = present(bias, gate);
    if (stride === 1) {
      const program = new InputGradientProgram(dy.shape, filter.shape, size, 1, 0, after);
      return run(program, [dy, filter, ...rest]);
    }
    const phases = Array.from({ length: stride }, (_, phase) =>
      run(new InputGradientProgram(dy.shape, filter.shape, size, stride, phase, linear), [dy, filter]),
    );
    const shape = [dy.shape[0] ?? 0, ...size, filter.shape[2] ?? 0];
    const woven = run(new WeaveProgram(shape, stride, after), [...phases, ...rest]);
    for (const phase of phases) free(phase);
    return woven;
  },
  tapInputs: ({ x }, { kernel, stride }, { run }) => {
    const program = new TapInputsProgram(x.shape, kernel, stride);
    return run(program, [x], program.uniforms);
  },
  patches: ({ dy }, { kernel }, { run }) => run(new PatchesProgram(dy.shape, kernel), [dy]),
  dropout: ({ x, gate }, { leakySlope, pieces }, { run }) => {
    const halves = inHalves(pieces, x.shape);
    const program = new DropoutProgram(x.shape, halves.length, gate !== undefined, leakySlope);
    const [first] = halves;
    const uniforms = halves.flatMap(({ low, high, start }) => [low | 0, high | 0, start]);
    return run(program, present(x, gate), [...uniforms, first?.threshold ?? 0, first?.scale ?? 1]);
  },
  weightedSum: ({ first, second }, { firstWeight, secondWeight, power }, tools) => {
    const sum = `firstWeight * first_ + secondWeight * second_${power === 1 ? '' : ' * second_'}`;
    return formula(tools, { first, second }, sum, { firstWeight, secondWeight });
  },
  adamStep: ({ variable, first, second }, { rate, correction, epsilon }, tools) => {
    const step = 'variable_ - rate * first_ / (sqrt(second_) * correction + epsilon)';
    return formula(tools, { variable, first, second }, step, { rate, correction, epsilon });
  },
  crossEntropy: ({ logits, labels }, _, tools) => {
    const loss = 'max(logits_, 0.0) - logits_ * labels_ + log(1.0 + exp(-abs(logits_)))';
    return formula(tools, { logits, labels }, loss);
  },
  crossEntropyGradient: ({ logits, labels }, { scale }, tools) =>
    formula(tools, { logits, labels }, '(1.0 / (1.0 + exp(-logits_)) - labels_) * scale', { scale }),
  sigmoidGradient: ({ dy, y }, _, tools) => formula(tools, { dy, y }, 'dy_ * y_ * (1.0 - y_)'),
  sumPositions: ({ x }, _, { run }) => run(new PositionSumsProgram(x.shape, { of: 'value' }), [x]),
  sumBatch: ({ x }, { scale }, { run }) => run(new BatchSumProgram(x.shape), [x], [scale]),
  sumMatrices: ({ x }, _, { run }) => run(new MatrixSumProgram(x.shape), [x]),
  channelMoments: ({ x }, _, tools) => {
    const share = shareOf(x.shape);
    const mean = sumTerm(tools, x, { of: 'value' }, share);
    return [mean, sumTerm(tools, x, { of: 'squaredDistance' }, share, [mean])];
  },
  normalisationSums: ({ x, dy, mean, variance }, { epsilon }, tools) => {
    const dGamma = sumTerm(tools, x, { of: 'alongNormalised', epsilon }, 1, [dy, mean, variance]);
    return [dGamma, sumTerm(tools, dy, { of: 'value' }, 1)];
  },
  normalise: ({ x, mean, variance, gamma, beta }, { epsilon, leakySlope }, { run }) =>
    run(new NormaliseProgram(x.shape, epsilon, leakySlope), [x, mean, variance, gamma, beta]),
  normalisationInputGradient: ({ x, dy, mean, variance, gamma, dGamma, dBeta }, { epsilon }, { run }) => {
    const program = new NormalisationGradientProgram(x.shape, epsilon);
    return run(program, [x, dy, mean, variance, gamma, dGamma, dBeta], [shareOf(x.shape)]);
  },
} satisfies Partial<Implementations<tf.TensorInfo, Tools>>;

/** Runs one of the kernels above. */
export const run: Run<keyof typeof implementations> = runCustomKernel;
