// Makes our kernels part of tfjs's WASM backend, under the names by which src/gan/ops asks for them.
import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Shape } from '../../../config/networks.ts';
import type {
  AdamAttributes,
  ConvolutionAttributes,
  DenseAttributes,
  DropoutAttributes,
  FilterGradientAttributes,
  InputGradientAttributes,
  NormalisationGradientAttributes,
  NormaliseAttributes,
} from '../own.ts';
import { kernelNames } from '../own.ts';
import { type After, conv2d, conv2dFilterGradient, conv2dInputGradient } from './convolutions.ts';
import { adam, dropout, sumPositions } from './elementwise.ts';
import { type Heap, type Placed, WasmKernels } from './kernels.ts';
import { channelMoments, normalisationInputGradient, normalisationSums, normalise } from './normalisation.ts';

/** Both ways in which Emscripten shows its memory: tfjs's threaded build, and its others. */
interface EmscriptenModule {
  readonly wasmMemory?: WebAssembly.Memory;
  readonly asm?: { readonly memory?: WebAssembly.Memory };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

function heapOf(backend: BackendWasm): Heap {
  const module = backend.wasm as unknown as EmscriptenModule;
  const memory = module.wasmMemory ?? module.asm?.memory;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('tfjs’s WASM backend does not show its memory.');
  return { memory, malloc: (bytes) => module._malloc(bytes), free: (address) => module._free(address) };
}

/** The memory of a backend that has been started; the kernels must be those for shared memory where it is. */
export function memoryOf(backend: BackendWasm): WebAssembly.Memory {
  return heapOf(backend).memory;
}

const installed = new WeakMap<tf.KernelBackend, WasmKernels>();

/** Our kernels in a backend; undefined where none were installed. */
export function wasmKernelsOf(backend: BackendWasm): WasmKernels | undefined {
  return installed.get(backend);
}

/** Installs the kernels of `module` in a backend that has been started; the caller may give them helper threads. */
export function installWasmKernels(backend: BackendWasm, module: WebAssembly.Module): WasmKernels {
  const kernels = new WasmKernels(module, heapOf(backend));
  if (!tf.getKernel(kernelNames.conv2d, 'wasm')) registerAll();
  installed.set(backend, kernels);
  return kernels;
}

/** What a kernel works with: its inputs where they lie, and a way to make its output. */
interface Call<Attributes> {
  readonly kernels: WasmKernels;
  readonly attributes: Attributes;
  /** @throws Error when there is no such input */
  input(name: string): Placed;
  /** The address of an input, 0 when it was not given. */
  address(name: string): number;
  output(shape: Shape): Placed & { readonly info: tf.TensorInfo };
}

function register<Attributes>(name: string, run: (call: Call<Attributes>) => tf.TensorInfo | tf.TensorInfo[]): void {
  tf.registerKernel({
    kernelName: name,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const wasm = backend as BackendWasm;
      const kernels = installed.get(wasm);
      if (!kernels) throw new Error('This WASM backend has none of our kernels.');
      const place = ({ dataId, shape }: tf.TensorInfo): Placed => ({
        address: (wasm.dataIdMap.get(dataId) as { memoryOffset: number }).memoryOffset,
        shape,
      });
      const given = inputs as Readonly<Record<string, tf.TensorInfo | undefined>>;
      return run({
        kernels,
        attributes: attrs as unknown as Attributes,
        input: (which) => {
          const info = given[which];
          if (!info) throw new Error(`${name} was given no ${which}.`);
          return place(info);
        },
        address: (which) => {
          const info = given[which];
          return info ? place(info).address : 0;
        },
        output: (shape) => {
          const info = wasm.makeOutput([...shape], 'float32');
          return { ...place(info), info };
        },
      });
    },
  });
}

const afterOf = (call: Call<ConvolutionAttributes>): After => ({
  bias: call.address('bias'),
  gate: call.address('gate'),
  leakySlope: call.attributes.leakySlope,
});

function registerAll(): void {
  registerConvolutions();
  registerElementwise();
  registerNormalisation();
}

function registerConvolutions(): void {
  register<ConvolutionAttributes>(kernelNames.conv2d, (call) => {
    const { stride } = call.attributes;
    const [x, filter] = [call.input('x'), call.input('filter')];
    const [batch = 0, height = 0, width = 0] = x.shape;
    const output = call.output([batch, Math.ceil(height / stride), Math.ceil(width / stride), filter.shape[3] ?? 0]);
    conv2d(call.kernels, x, filter, output, stride, afterOf(call));
    return output.info;
  });
  register<InputGradientAttributes>(kernelNames.conv2dInputGradient, (call) => {
    const { stride, size } = call.attributes;
    const [dy, filter] = [call.input('dy'), call.input('filter')];
    const output = call.output([dy.shape[0] ?? 0, ...size, filter.shape[2] ?? 0]);
    conv2dInputGradient(call.kernels, dy, filter, output, stride, afterOf(call));
    return output.info;
  });
  register<FilterGradientAttributes>(kernelNames.conv2dFilterGradient, (call) => {
    const { kernel, stride } = call.attributes;
    const [x, dy] = [call.input('x'), call.input('dy')];
    const output = call.output([kernel, kernel, x.shape[3] ?? 0, dy.shape[3] ?? 0]);
    conv2dFilterGradient(call.kernels, x, dy, output, stride, false);
    return output.info;
  });
  // A dense layer is a convolution with a kernel of 1×1 over a row of positions: the batch.
  const row = ({ address, shape: [count = 0, width = 0] }: Placed): Placed => ({
    address,
    shape: [1, 1, count, width],
  });
  register<DenseAttributes>(kernelNames.dense, (call) => {
    const [x, kernel] = [call.input('x'), call.input('kernel')];
    const output = call.output([x.shape[0] ?? 0, kernel.shape[1] ?? 0]);
    const after = { bias: call.address('bias'), gate: 0, leakySlope: call.attributes.leakySlope };
    conv2d(call.kernels, row(x), row(kernel), row(output), 1, after);
    return output.info;
  });
  register<object>(kernelNames.denseKernelGradient, (call) => {
    const [x, dy] = [call.input('x'), call.input('dy')];
    const output = call.output([x.shape[1] ?? 0, dy.shape[1] ?? 0]);
    conv2dFilterGradient(call.kernels, row(x), row(dy), row(output), 1, false);
    return output.info;
  });
}

function registerElementwise(): void {
  register<object>(kernelNames.sumPositions, (call) => {
    const x = call.input('x');
    const output = call.output([x.shape[0] ?? 0, x.shape.at(-1) ?? 0]);
    sumPositions(call.kernels, x, output);
    return output.info;
  });
  register<DropoutAttributes>(kernelNames.dropout, (call) => {
    const x = call.input('x');
    const output = call.output(x.shape);
    const size = x.shape.reduce((product, n) => product * n, 1);
    const { leakySlope, pieces } = call.attributes;
    const addresses = [x.address, output.address, call.address('gate')] as const;
    dropout(call.kernels, addresses, size, leakySlope, pieces);
    return output.info;
  });
  register<AdamAttributes>(kernelNames.adam, (call) => {
    const variable = call.input('variable');
    const size = variable.shape.reduce((product, n) => product * n, 1);
    const rest = [call.address('gradient'), call.address('first'), call.address('second')] as const;
    adam(call.kernels, [variable.address, ...rest], size, call.attributes);
    return [];
  });
}

function registerNormalisation(): void {
  const channelsOf = ({ shape }: Placed): Shape => [shape[shape.length - 1] ?? 0];
  const momentsOf = (call: Call<unknown>) => ({ mean: call.address('mean'), variance: call.address('variance') });
  register<object>(kernelNames.channelMoments, (call) => {
    const x = call.input('x');
    const [mean, variance] = [call.output(channelsOf(x)), call.output(channelsOf(x))];
    channelMoments(call.kernels, x, mean.address, variance.address);
    return [mean.info, variance.info];
  });
  register<NormaliseAttributes>(kernelNames.normalise, (call) => {
    const x = call.input('x');
    const output = call.output(x.shape);
    const scaling = { gamma: call.address('gamma'), beta: call.address('beta') };
    normalise(call.kernels, x, output.address, { ...momentsOf(call), ...scaling }, call.attributes);
    return output.info;
  });
  register<NormalisationGradientAttributes>(kernelNames.normalisationSums, (call) => {
    const x = call.input('x');
    const [dGamma, dBeta] = [call.output(channelsOf(x)), call.output(channelsOf(x))];
    const results = [dGamma.address, dBeta.address] as const;
    normalisationSums(call.kernels, x, call.address('dy'), momentsOf(call), results, call.attributes.epsilon);
    return [dGamma.info, dBeta.info];
  });
  register<NormalisationGradientAttributes>(kernelNames.normalisationInputGradient, (call) => {
    const x = call.input('x');
    const dx = call.output(x.shape);
    const [gamma, dGamma, dBeta] = [call.address('gamma'), call.address('dGamma'), call.address('dBeta')];
    const given = { ...momentsOf(call), gamma, dGamma, dBeta };
    normalisationInputGradient(call.kernels, x, [call.address('dy'), dx.address], given, call.attributes.epsilon);
    return dx.info;
  });
}
