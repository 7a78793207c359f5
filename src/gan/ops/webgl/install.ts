// Makes our shaders part of tfjs's WebGL backend, under the names by which src/gan/ops asks for them.
// tfjs's own go on being compiled for each shape. WEBGL_USE_SHAPES_UNIFORMS would have it compile 325 instead of 529 of them for Quick, but
// 4.22 then takes two for one where a tensor [1, m, k] is larger than the largest texture, and computes wrongly without a word.
import * as tf from '@tensorflow/tfjs';
import type { GPGPUProgram, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import {
  type AdamMomentAttributes,
  type AdamStepAttributes,
  type ConvolutionAttributes,
  type DropoutAttributes,
  type FilterGradientAttributes,
  type InputGradientAttributes,
  kernelNames,
  type NormalisationGradientAttributes,
  type NormaliseAttributes,
} from '../own.ts';
import {
  type After,
  ConvolutionProgram,
  InputGradientProgram,
  PatchesProgram,
  WeaveProgram,
} from './convolutionPrograms.ts';
import { DropoutProgram, FormulaProgram } from './elementwisePrograms.ts';
import { NormalisationGradientProgram, NormaliseProgram } from './normalisationPrograms.ts';

type Inputs = Readonly<Record<string, tf.TensorInfo | undefined>>;

/** What a kernel works with. */
interface Call<Attributes> {
  readonly attributes: Attributes;
  /** @throws Error when there is no such input */
  input(name: string): tf.TensorInfo;
  has(name: string): boolean;
  /** The bias and the gate, as far as they were given. */
  readonly rest: readonly tf.TensorInfo[];
  run(program: GPGPUProgram, inputs: readonly tf.TensorInfo[], uniforms?: readonly number[]): tf.TensorInfo;
  free(intermediate: tf.TensorInfo): void;
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
            uniforms?.map((value) => [value]),
          ),
        free: (intermediate) => webgl.disposeIntermediateTensorInfo(intermediate),
      });
    },
  });
}

const afterOf = (call: Call<ConvolutionAttributes>): After => ({
  bias: call.has('bias'),
  gate: call.has('gate'),
  leakySlope: call.attributes.leakySlope,
});

/** Registers the shaders. Safe to call again. */
export function installWebglKernels(): void {
  if (tf.getKernel(kernelNames.conv2d, 'webgl')) return;
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
  register<Pick<FilterGradientAttributes, 'kernel'>>(kernelNames.patches, (call) =>
    call.run(new PatchesProgram(call.input('dy').shape, call.attributes.kernel), [call.input('dy')]),
  );
  register<DropoutAttributes>(kernelNames.dropout, (call) => {
    const { pieces, leakySlope } = call.attributes;
    const program = new DropoutProgram(call.input('x').shape, pieces.length, call.has('gate'), leakySlope);
    const [first] = pieces;
    const uniforms = pieces.flatMap(({ low, high, start }) => [low | 0, high | 0, start]);
    return call.run(program, [call.input('x'), ...call.rest], [...uniforms, first?.threshold ?? 0, first?.kept ?? 1]);
  });
  register<AdamMomentAttributes>(kernelNames.adamMoment, (call) => {
    const { beta, power } = call.attributes;
    const names = ['moment', 'gradient'];
    const formula = `beta * moment_ + rest * ${power === 1 ? 'gradient_' : 'gradient_ * gradient_'}`;
    const program = new FormulaProgram(call.input('moment').shape, names, ['beta', 'rest'], formula);
    return call.run(program, names.map(call.input), [beta, 1 - beta]);
  });
  register<AdamStepAttributes>(kernelNames.adamStep, (call) => {
    const { rate, correction, epsilon } = call.attributes;
    const names = ['variable', 'first', 'second'];
    const formula = 'variable_ - rate * first_ / (sqrt(second_) * correction + epsilon)';
    const uniforms = ['rate', 'correction', 'epsilon'];
    const program = new FormulaProgram(call.input('variable').shape, names, uniforms, formula);
    return call.run(program, names.map(call.input), [rate, correction, epsilon]);
  });
  register<NormaliseAttributes>(kernelNames.normalise, (call) => {
    const program = new NormaliseProgram(call.input('x').shape, call.attributes.epsilon, call.attributes.leakySlope);
    return call.run(program, program.variableNames.map(call.input));
  });
  register<NormalisationGradientAttributes>(kernelNames.normalisationInputGradient, (call) => {
    const program = new NormalisationGradientProgram(call.input('x').shape, call.attributes.epsilon);
    return call.run(program, program.variableNames.map(call.input));
  });
}
