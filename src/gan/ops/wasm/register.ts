// Registers the compiled kernels with tfjs's WASM backend: each places its inputs, makes its output and runs its jobs.
import type * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Shape } from '../../../config/networks.ts';
import { type Implementations, type Run, registerCustomKernels, runCustomKernel } from '../base/customKernels.ts';
import { type After, conv2d, conv2dFilterGradient, conv2dInputGradient } from './convolutions.ts';
import { adam, dropout, sumPositions } from './elementwise.ts';
import type { Placed, WasmJobs } from './jobs.ts';
import { channelMoments, normalisationInputGradient, normalisationSums, normalise } from './normalisation.ts';

interface Output extends Placed {
  readonly info: tf.TensorInfo;
}

interface Tools {
  readonly jobs: WasmJobs;
  readonly output: (shape: Shape) => Output;
}

const jobsOf = new WeakMap<object, WasmJobs>();

/** The compiled kernels of a backend; undefined where none are installed. */
export function wasmJobsOf(backend: BackendWasm): WasmJobs | undefined {
  return jobsOf.get(backend);
}

/** Lets a backend's custom kernels run as these jobs. */
export function registerWasmKernels(backend: BackendWasm, jobs: WasmJobs): void {
  jobsOf.set(backend, jobs);
  registerCustomKernels<Placed, Tools>('wasm', implementations, (running) => {
    const wasm = running as BackendWasm;
    const found = wasmJobsOf(wasm);
    if (!found) throw new Error('This WASM backend has no compiled kernels.');
    const place = ({ dataId, shape }: tf.TensorInfo): Placed => ({
      address: (wasm.dataIdMap.get(dataId) as { memoryOffset: number }).memoryOffset,
      shape,
    });
    const output = (shape: Shape): Output => {
      const info = wasm.makeOutput([...shape], 'float32');
      return { ...place(info), info };
    };
    return { place, tools: { jobs: found, output } };
  });
}

const after = (bias: Placed | undefined, gate: Placed | undefined, leakySlope: number | undefined): After => ({
  bias: bias?.address ?? 0,
  gate: gate?.address ?? 0,
  leakySlope,
});

/** A dense layer is a convolution with a kernel of 1×1 over a row of positions: the batch. */
const asRow = ({ address, shape: [count = 0, width = 0] }: Placed): Placed => ({
  address,
  shape: [1, 1, count, width],
});

const channelsOf = ({ shape }: Placed): Shape => [shape[shape.length - 1] ?? 0];

const implementations = {
  conv2d: ({ x, filter, bias, gate }, { stride, leakySlope }, { jobs, output }) => {
    const [batch = 0, height = 0, width = 0] = x.shape;
    const result = output([batch, Math.ceil(height / stride), Math.ceil(width / stride), filter.shape[3] ?? 0]);
    conv2d(jobs, x, filter, result, stride, after(bias, gate, leakySlope));
    return result.info;
  },
  conv2dInputGradient: ({ dy, filter, bias, gate }, { stride, leakySlope, size }, { jobs, output }) => {
    const result = output([dy.shape[0] ?? 0, ...size, filter.shape[2] ?? 0]);
    conv2dInputGradient(jobs, dy, filter, result, stride, after(bias, gate, leakySlope));
    return result.info;
  },
  conv2dFilterGradient: ({ x, dy }, { kernel, stride }, { jobs, output }) => {
    const result = output([kernel, kernel, x.shape[3] ?? 0, dy.shape[3] ?? 0]);
    conv2dFilterGradient(jobs, x, dy, result, stride);
    return result.info;
  },
  dense: ({ x, kernel, bias }, { leakySlope }, { jobs, output }) => {
    const result = output([x.shape[0] ?? 0, kernel.shape[1] ?? 0]);
    conv2d(jobs, asRow(x), asRow(kernel), asRow(result), 1, after(bias, undefined, leakySlope));
    return result.info;
  },
  denseKernelGradient: ({ x, dy }, _, { jobs, output }) => {
    const result = output([x.shape[1] ?? 0, dy.shape[1] ?? 0]);
    conv2dFilterGradient(jobs, asRow(x), asRow(dy), asRow(result), 1);
    return result.info;
  },
  sumPositions: ({ x }, _, { jobs, output }) => {
    const result = output([x.shape[0] ?? 0, ...channelsOf(x)]);
    sumPositions(jobs, x, result);
    return result.info;
  },
  dropout: ({ x, gate }, { leakySlope, pieces }, { jobs, output }) => {
    const result = output(x.shape);
    dropout(jobs, x, result, gate, leakySlope, pieces);
    return result.info;
  },
  adam: ({ variable, gradient, first, second }, numbers, { jobs }) => {
    adam(jobs, variable, gradient, first, second, numbers);
    return [];
  },
  channelMoments: ({ x }, _, { jobs, output }) => {
    const [mean, variance] = [output(channelsOf(x)), output(channelsOf(x))];
    channelMoments(jobs, x, mean, variance);
    return [mean.info, variance.info];
  },
  normalise: ({ x, ...weights }, attributes, { jobs, output }) => {
    const result = output(x.shape);
    normalise(jobs, x, result, weights, attributes);
    return result.info;
  },
  normalisationSums: (inputs, { epsilon }, { jobs, output }) => {
    const [dGamma, dBeta] = [output(channelsOf(inputs.x)), output(channelsOf(inputs.x))];
    normalisationSums(jobs, inputs, { dGamma, dBeta }, epsilon);
    return [dGamma.info, dBeta.info];
  },
  normalisationInputGradient: (inputs, { epsilon }, { jobs, output }) => {
    const dx = output(inputs.x.shape);
    normalisationInputGradient(jobs, inputs, dx, epsilon);
    return dx.info;
  },
} satisfies Partial<Implementations<Placed, Tools>>;

/** Runs one of the kernels above. */
export const run: Run<keyof typeof implementations> = runCustomKernel;
