// The line for weights: the newest wins, and one that cannot be read is no end.
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/protocol/rendering.ts';
import { Snapshots } from '../../src/worker/run/snapshots.ts';
import { tiny } from '../support/configs.ts';
import { settle } from '../support/fakeWorker.ts';

const snapshot = (step: number): Snapshot => ({ workerRun: 'a', step, config: tiny, weights: new Float32Array(2) });

function line() {
  const posted: { snapshot: Snapshot; transferred: Transferable[] }[] = [];
  let closed = false;
  const port = {
    postMessage: (message: Snapshot, transferred: Transferable[]) => posted.push({ snapshot: message, transferred }),
    close: () => {
      closed = true;
    },
  } as unknown as MessagePort;
  return { port, steps: () => posted.map((each) => each.snapshot.step), posted, closed: () => closed };
}

describe('snapshots', () => {
  it('are taken one at a time, and the newest of what was offered meanwhile comes next', async () => {
    const snapshots = new Snapshots();
    const { port, steps, posted } = line();
    snapshots.connect(port);
    const taking: (() => void)[] = [];
    for (const step of [1, 2, 3]) {
      snapshots.offer(() => new Promise((resolve) => taking.push(() => resolve(snapshot(step)))));
    }
    expect(taking).toHaveLength(1);
    taking[0]?.();
    await settle();
    expect(taking).toHaveLength(2);
    taking[1]?.();
    await settle();
    expect(steps()).toEqual([1, 3]);
    expect(posted[0]?.transferred).toEqual([posted[0]?.snapshot.weights.buffer]);
  });

  it('are not even taken while nobody wants them, and the last is when somebody does', async () => {
    const snapshots = new Snapshots();
    let taken = 0;
    const take = async () => {
      taken += 1;
      return snapshot(5);
    };
    snapshots.offer(take);
    await settle();
    expect(taken).toBe(0);
    const first = line();
    snapshots.connect(first.port);
    await settle();
    expect(first.steps()).toEqual([5]);
    const second = line();
    snapshots.connect(second.port);
    await settle();
    expect(first.closed()).toBe(true);
    expect([first.steps(), second.steps()]).toEqual([[5], [5]]);
  });

  it('go on after one that could not be read', async () => {
    const snapshots = new Snapshots();
    const { port, steps } = line();
    snapshots.connect(port);
    snapshots.offer(() => Promise.reject(new Error('disposed')));
    await settle();
    snapshots.offer(async () => snapshot(2));
    await settle();
    expect(steps()).toEqual([2]);
  });
});
