// The wiring of the worker that draws: one renderer, this thread's port, WASM on one thread or else plain JavaScript.
import * as tf from '@tensorflow/tfjs';
import { GanvasError } from '../config/errors.ts';
import type { BackendName } from '../protocol/devices.ts';
import type { Port } from '../protocol/envelope.ts';
import type { RendererRequestMessage } from '../protocol/rendering.ts';
import { startWasm } from './device/wasm.ts';
import { Renderer } from './renderer.ts';
import { refuseSecondRun } from './shared/runsOnce.ts';

refuseSecondRun();

/** Another accelerator would be busy training. */
async function start(): Promise<BackendName> {
  try {
    await startWasm(1);
    return 'wasm';
  } catch (error) {
    if (!(error instanceof GanvasError) || error.kind !== 'no-wasm') throw error;
    await tf.setBackend('cpu');
    return 'cpu';
  }
}

const port = self as unknown as Port;
const renderer = new Renderer(port, start());
port.addEventListener('message', ({ data }: MessageEvent<RendererRequestMessage>) => void renderer.receive(data));
