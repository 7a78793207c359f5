// Custom kernels in tfjs's registry: one map of names to inputs, attributes and output, which the compiler checks on
// both sides, where a backend implements a kernel and where it is run. tfjs then tracks, profiles and disposes the
// results as it does those of its own kernels.
import * as tf from '@tensorflow/tfjs';
import type { Shape } from '../../../config/networks.ts';
import type { MaskWords } from '../../random/stream.ts';
import type { Size } from './geometry.ts';
import type { AdamNumbers, Moments, Scaling } from './kernels.ts';

interface NoAttributes {
  readonly [name: string]: never;
}
interface AfterInputs {
  readonly bias?: tf.Tensor1D | undefined;
  readonly gate?: tf.Tensor4D | undefined;
}
interface ConvolutionAttributes {
  readonly stride: number;
  /** The slope of the activation, or of the gate's; absent: linear. */
  readonly leakySlope?: number | undefined;
}

/** Kernels without a comment here: see the operation of the same name in kernels.ts. */
export interface CustomKernels {
  upload: { inputs: object; attributes: { readonly values: Float32Array; readonly shape: Shape }; output: tf.Tensor };
  zeros: { inputs: object; attributes: { readonly shape: Shape }; output: tf.Tensor };
  flatten: { inputs: { readonly x: tf.Tensor }; attributes: NoAttributes; output: tf.Tensor1D };
  conv2d: {
    inputs: AfterInputs & { readonly x: tf.Tensor4D; readonly filter: tf.Tensor4D };
    attributes: ConvolutionAttributes;
    output: tf.Tensor4D;
  };
  conv2dInputGradient: {
    inputs: AfterInputs & { readonly dy: tf.Tensor4D; readonly filter: tf.Tensor4D };
    attributes: ConvolutionAttributes & { readonly size: Size };
    output: tf.Tensor4D;
  };
  conv2dFilterGradient: {
    inputs: { readonly x: tf.Tensor4D; readonly dy: tf.Tensor4D };
    attributes: { readonly kernel: number; readonly stride: number };
    output: tf.Tensor4D;
  };
  /**
   * What each tap of a convolution's kernel reads of x [b, h, w, in] at each position of the output:
   * [k²·in, b·positions].
   */
  tapInputs: {
    inputs: { readonly x: tf.Tensor4D };
    attributes: { readonly kernel: number; readonly stride: number };
    output: tf.Tensor2D;
  };
  /** What each tap of a kernel reads of dy [b, h, w, 1], turned: [b, k², h·w]. */
  patches: { inputs: { readonly dy: tf.Tensor4D }; attributes: { readonly kernel: number }; output: tf.Tensor3D };
  dense: {
    inputs: { readonly x: tf.Tensor2D; readonly kernel: tf.Tensor2D; readonly bias?: tf.Tensor1D | undefined };
    attributes: { readonly leakySlope?: number | undefined };
    output: tf.Tensor2D;
  };
  denseKernelGradient: {
    inputs: { readonly x: tf.Tensor2D; readonly dy: tf.Tensor2D };
    attributes: NoAttributes;
    output: tf.Tensor2D;
  };
  /** x · masks, and with a gate also · LeakyReLU′ there. */
  dropout: {
    inputs: { readonly x: tf.Tensor4D; readonly gate?: tf.Tensor4D };
    attributes: { readonly pieces: readonly MaskWords[]; readonly leakySlope: number };
    output: tf.Tensor4D;
  };
  /** x [b, h, w, channels] → its sums over positions: [b, channels] on WASM, [b, 1, 1, channels] on WebGL. */
  sumPositions: {
    inputs: { readonly x: tf.Tensor4D };
    attributes: NoAttributes;
    output: tf.Tensor2D | tf.Tensor4D;
  };
  /** x [b, channels] or [b, 1, 1, channels] → the sum over the batch, times `scale`: [channels]. */
  sumBatch: {
    inputs: { readonly x: tf.Tensor2D | tf.Tensor4D };
    attributes: { readonly scale: number };
    output: tf.Tensor1D;
  };
  /** x [b, 1, rows, columns] → [rows, columns]. */
  sumMatrices: { inputs: { readonly x: tf.Tensor4D }; attributes: NoAttributes; output: tf.Tensor2D };
  weightedSum: {
    inputs: { readonly first: tf.Tensor; readonly second: tf.Tensor };
    attributes: { readonly firstWeight: number; readonly secondWeight: number; readonly power: 1 | 2 };
    output: tf.Tensor;
  };
  /** The loss of each logit, not yet summed. */
  crossEntropy: {
    inputs: { readonly logits: tf.Tensor2D; readonly labels: tf.Tensor2D };
    attributes: NoAttributes;
    output: tf.Tensor2D;
  };
  crossEntropyGradient: {
    inputs: { readonly logits: tf.Tensor2D; readonly labels: tf.Tensor2D };
    attributes: { readonly scale: number };
    output: tf.Tensor2D;
  };
  sigmoidGradient: {
    inputs: { readonly dy: tf.Tensor; readonly y: tf.Tensor };
    attributes: NoAttributes;
    output: tf.Tensor;
  };
  /** Mean and variance. */
  channelMoments: {
    inputs: { readonly x: tf.Tensor4D };
    attributes: NoAttributes;
    output: readonly [tf.Tensor1D, tf.Tensor1D];
  };
  normalise: {
    inputs: Moments & Scaling & { readonly x: tf.Tensor4D };
    attributes: { readonly epsilon: number; readonly leakySlope: number };
    output: tf.Tensor4D;
  };
  /** The gradients by gamma and by beta. */
  normalisationSums: {
    inputs: Moments & { readonly x: tf.Tensor4D; readonly dy: tf.Tensor4D };
    attributes: { readonly epsilon: number };
    output: readonly [tf.Tensor1D, tf.Tensor1D];
  };
  /** The gradient by the input, from those by gamma and by beta. */
  normalisationInputGradient: {
    inputs: Moments & {
      readonly x: tf.Tensor4D;
      readonly dy: tf.Tensor4D;
      readonly gamma: tf.Tensor1D;
      readonly dGamma: tf.Tensor1D;
      readonly dBeta: tf.Tensor1D;
    };
    attributes: { readonly epsilon: number };
    output: tf.Tensor4D;
  };
  /** Changes variable, first and second in place. */
  adam: {
    inputs: {
      readonly variable: tf.Tensor;
      readonly gradient: tf.Tensor;
      readonly first: tf.Tensor;
      readonly second: tf.Tensor;
    };
    attributes: AdamNumbers;
    output: readonly [];
  };
  /** The variable after the update; the moments are updated already. */
  adamStep: {
    inputs: { readonly variable: tf.Tensor; readonly first: tf.Tensor; readonly second: tf.Tensor };
    attributes: Pick<AdamNumbers, 'rate' | 'correction' | 'epsilon'>;
    output: tf.Tensor;
  };
}

export type CustomKernelName = keyof CustomKernels;

/** A kernel's inputs, each tensor of them as a `T`; those that may be absent still may. */
type InputsAs<Name extends CustomKernelName, T> = {
  readonly [Input in keyof CustomKernels[Name]['inputs']]: T | Extract<CustomKernels[Name]['inputs'][Input], undefined>;
};
/** A kernel's output: one tensor, or each of several. */
type OutputInfo<Output> = Output extends tf.Tensor
  ? tf.TensorInfo
  : { readonly [Index in keyof Output]: tf.TensorInfo };

/**
 * A backend's implementations. `Placed`: the form in which they get each input; `Tools`: what else they need of the
 * backend.
 */
export type Implementations<Placed, Tools> = {
  readonly [Name in CustomKernelName]: (
    inputs: InputsAs<Name, Placed>,
    attributes: CustomKernels[Name]['attributes'],
    tools: Tools,
  ) => OutputInfo<CustomKernels[Name]['output']>;
};

/** The name of a custom kernel in tfjs's registry and profiles. */
export function registeredName(name: CustomKernelName): string {
  return `Ganvas${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/**
 * Registers a backend's implementations. Safe to call again.
 * @param prepare called for each run with the tfjs backend that runs the kernel; places its inputs and gives its tools
 */
export function registerCustomKernels<Placed, Tools>(
  backendName: string,
  implementations: Partial<Implementations<Placed, Tools>>,
  prepare: (backend: unknown) => { readonly place: (info: tf.TensorInfo) => Placed; readonly tools: Tools },
): void {
  // In a loop over the names the compiler cannot tell which inputs and attributes belong to each.
  type Any = (inputs: object, attributes: unknown, tools: Tools) => tf.TensorInfo | readonly tf.TensorInfo[];
  for (const [name, implementation] of Object.entries(implementations) as [CustomKernelName, Any][]) {
    const kernelName = registeredName(name);
    if (tf.getKernel(kernelName, backendName)) continue;
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, backend, attrs }) => {
        const { place, tools } = prepare(backend);
        const infos = Object.entries(inputs).map(([input, info]) => [input, place(info as tf.TensorInfo)]);
        const output = implementation(Object.fromEntries(infos), attrs, tools);
        return Array.isArray(output) ? [...output] : (output as tf.TensorInfo);
      },
    });
  }
}

/** Runs a kernel that the current backend has registered. The caller disposes the output. */
export type Run<Names extends CustomKernelName> = <Name extends Names>(
  name: Name,
  inputs: CustomKernels[Name]['inputs'],
  attributes: CustomKernels[Name]['attributes'],
) => CustomKernels[Name]['output'];

/** Each backend narrows this to the names that it registers, so that running another kernel does not compile. */
export const runCustomKernel: Run<CustomKernelName> = (name, inputs, attributes) => {
  const given = Object.fromEntries(Object.entries(inputs).filter(([, tensor]) => tensor !== undefined));
  const output = tf.engine().runKernel(registeredName(name), given, attributes as unknown as tf.NamedAttrMap);
  return output as unknown as CustomKernels[typeof name]['output'];
};
