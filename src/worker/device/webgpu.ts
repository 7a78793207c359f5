// Starting tfjs's WebGPU backend, and hearing of what goes wrong on its device: tfjs itself listens to neither.
import * as tf from '@tensorflow/tfjs';
import { GanvasError } from '../../config/errors.ts';

/**
 * Makes WebGPU tfjs's backend. `onBroken`: the device was lost, or what it computes is not to be trusted any more.
 * @returns what lets go of the device, once tfjs has let go of the backend
 * @throws GanvasError 'no-webgpu'
 */
export async function startWebGpu(onBroken: (error: GanvasError) => void): Promise<() => void> {
  try {
    await import('@tensorflow/tfjs-backend-webgpu');
  } catch (error) {
    throw new GanvasError('no-webgpu', 'The WebGPU backend could not be loaded.', { cause: error });
  }
  if (!(await tf.setBackend('webgpu'))) throw new GanvasError('no-webgpu', 'WebGPU could not be started here.');
  const { device } = tf.backend() as unknown as { device: GPUDevice };
  void device.lost.then(({ reason }) => {
    if (reason !== 'destroyed') onBroken(new GanvasError('accelerator-lost', 'The browser took the GPU away.'));
  });
  device.addEventListener('uncapturederror', ({ error }) => {
    const full = error instanceof GPUOutOfMemoryError;
    onBroken(
      full
        ? new GanvasError('out-of-memory', 'The GPU has not enough memory for these networks and this batch.')
        : new GanvasError('wrong-accelerator', `WebGPU reports an error on this device: ${error.message}`),
    );
  });
  return () => device.destroy();
}
