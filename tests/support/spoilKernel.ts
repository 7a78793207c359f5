// A device that computes wrongly, as far as a test can have one: a kernel of tfjs whose results are tampered with.
import * as tf from '@tensorflow/tfjs';

export type Spoil = (values: Float32Array) => void;

/** Spoils what a backend's kernel gives, until it is mended. `changed`: whether that has made any difference so far. */
export function spoilKernel(
  kernelName: string,
  backendName: string,
  spoil: Spoil,
): { mend: () => void; changed: () => boolean } {
  const right = tf.getKernel(kernelName, backendName);
  let changed = false;
  tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({
    ...right,
    kernelFunc: (params) => {
      const result = right.kernelFunc(params) as tf.TensorInfo;
      const backend = params.backend as tf.KernelBackend;
      const before = backend.readSync(result.dataId) as Float32Array;
      const values = Float32Array.from(before);
      spoil(values);
      changed ||= values.some((value, i) => !Object.is(value, before[i]));
      backend.disposeData(result.dataId);
      const dataId = backend.write(values, result.shape, result.dtype);
      return { dataId, shape: result.shape, dtype: result.dtype };
    },
  });
  const mend = () => {
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel(right);
  };
  return { mend, changed: () => changed };
}
