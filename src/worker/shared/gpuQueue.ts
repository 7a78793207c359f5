// How to tell that a GPU has done what it was given: a mark behind the work, on WebGL a fence, on WebGPU the queue's
// own.
import * as tf from '@tensorflow/tfjs';
import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { yieldToMessages } from './yieldToMessages.ts';

/** Something that computes on its own while this thread goes on. */
export interface Device {
  /** Sends what has been queued on its way. @returns a wait for the end of all that; to be called once */
  mark(): () => Promise<void>;
}

/** Longer than this nobody waits for a piece whose size is right: then the thread need not be awake all the time. */
const awakeMs = 20;
const napMs = 4;

export function webGlDevice(gl: WebGL2RenderingContext): Device {
  return {
    mark() {
      const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
      gl.flush();
      return async () => {
        // A lost context gives no fence, and one that was lost on the way says so instead of signalling.
        if (fence === null) return;
        const began = performance.now();
        while (gl.clientWaitSync(fence, 0, 0) === gl.TIMEOUT_EXPIRED) {
          if (performance.now() - began < awakeMs) await yieldToMessages();
          else await new Promise((resolve) => setTimeout(resolve, napMs));
        }
        gl.deleteSync(fence);
      };
    },
  };
}

/** What tfjs's WebGPU backend is made of, as far as it concerns us: it gathers commands, and submits some at a time. */
export interface GathersCommands {
  readonly queue: { onSubmittedWorkDone(): Promise<unknown> };
  /** null when nothing has been gathered. */
  readonly commandEncoder: object | null;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

export function webGpuDevice(backend: GathersCommands): Device {
  return {
    mark() {
      if (backend.commandEncoder) {
        backend.endComputePassEncoder();
        backend.submitQueue();
      }
      const done = backend.queue.onSubmittedWorkDone();
      return async () => void (await done);
    },
  };
}

/** Whether the browser has taken away the GPU under tfjs's current backend: then what is read from it is made up. */
export function deviceIsLost(): boolean {
  const backend: object = tf.backend();
  return backend instanceof MathBackendWebGL && backend.gpgpu.gl.isContextLost();
}

/** The GPU under tfjs's current backend; null where this thread computes itself. */
export function currentDevice(): Device | null {
  const backend: object = tf.backend();
  if (backend instanceof MathBackendWebGL) return webGlDevice(backend.gpgpu.gl as WebGL2RenderingContext);
  if ('queue' in backend && 'submitQueue' in backend) return webGpuDevice(backend as GathersCommands);
  return null;
}
