// The worker of the bench: starts one backend, makes one thing, and times it alone.
import * as tf from '@tensorflow/tfjs';
import { detail } from '../../../src/ui/words/en/device.ts';
import { findBackends } from '../../../src/worker/device/backend.ts';
import type { CallName, Calls, Held, Task, Work } from './calls.ts';
import { Ours } from './ours.ts';
import { Rate } from './rate.ts';
import { Stock } from './stock.ts';
import { syntheticImages } from './syntheticImages.ts';

const port = self as unknown as {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent<{ name: CallName; payload: never }>) => void) | null;
};

let work: Work | null = null;
let lost = false;

// Awaited: looking for a GPU may take a moment.
const backends = async () =>
  await findBackends(() => {
    lost = true;
  });

function make(task: Task): Work {
  switch (task.name) {
    case 'stock':
      return new Stock(task.config, syntheticImages());
    case 'ours':
      return new Ours(task.config, syntheticImages());
    case 'rate':
      return new Rate(task.batch, task.repeat);
    default:
      return task satisfies never;
  }
}

function held(): Held {
  const { numTensors, numBytes, ...memory } = tf.memory() as ReturnType<typeof tf.memory> & Record<string, number>;
  const { wasm } = tf.backend() as unknown as { wasm?: { HEAPU8: Uint8Array } };
  const allocated =
    wasm?.HEAPU8.buffer.byteLength ?? memory.numBytesInGPUAllocated ?? memory.numBytesAllocatedInGPU ?? null;
  return { tensors: numTensors, bytes: numBytes, allocated };
}

const answers: { [Name in CallName]: (payload: Calls[Name]['send']) => Promise<Calls[Name]['reply']> } = {
  async survey() {
    const found = await backends();
    const automatic = await found.start('automatic');
    const { hardwareConcurrency: cores } = navigator;
    return { offers: found.offers, automatic, cores, isolated: crossOriginIsolated };
  },
  async start({ backend, plainly }) {
    if (plainly === null) return detail((await (await backends()).start(backend)).detail);
    tf.enableProdMode();
    for (const [name, value] of Object.entries(plainly)) tf.env().set(name, value);
    if (!(await tf.setBackend(backend))) throw new Error(`tfjs cannot start ${backend}.`);
    return 'as tfjs starts it';
  },
  async make(task) {
    work?.dispose();
    work = make(task);
    return null;
  },
  async run({ count }) {
    if (!work) throw new Error('Nothing was made yet.');
    const ms: number[] = [];
    const all: Held[] = [];
    for (let i = 0; i < count; i++) {
      const before = performance.now();
      await work.step();
      ms.push(performance.now() - before);
      all.push(held());
      if (lost) throw new Error('The browser took the GPU away.');
    }
    return { ms, held: all };
  },
};

port.onmessage = async ({ data: { name, payload } }) => {
  try {
    port.postMessage({ reply: await answers[name](payload) });
  } catch (error) {
    port.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
