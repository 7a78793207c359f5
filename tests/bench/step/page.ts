// The page of the bench: a worker, and Node's way to it.
import type { BenchPage } from './calls.ts';

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

// One call at a time: an answer belongs to the call before it.
const bench: BenchPage = {
  call: (name, payload) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.error === undefined ? resolve(data.reply) : reject(new Error(data.error)));
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage({ name, payload });
    }),
};

Object.assign(globalThis, { bench });
