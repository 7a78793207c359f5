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
    throw new GanvasError('webgpu-not-loaded', {}, { cause: error });
  }
  if (!(await tf.setBackend('webgpu'))) throw new GanvasError('webgpu-not-started', {});
  const { device } = tf.backend() as unknown as { device: GPUDevice };
  void device.lost.then(({ reason }) => {
    if (reason !== 'destroyed') onBroken(new GanvasError('gpu-lost', {}));
  });
  device.addEventListener('uncapturederror', ({ error }) => {
    const full = error instanceof GPUOutOfMemoryError;
    onBroken(full ? new GanvasError('gpu-memory', {}) : new GanvasError('webgpu-error', { message: error.message }));
  });
  return () => device.destroy();
}
