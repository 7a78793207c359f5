// The page's end of the line: every request settles, whatever becomes of the worker.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GanvasError } from '../../src/config/errors.ts';
import { Client, roles } from '../../src/page/client/client.ts';
import { heartbeat } from '../../src/page/client/heartbeat.ts';
import { newestWins } from '../../src/page/client/newestWins.ts';
import type { Events, Requests } from '../../src/protocol/messages.ts';
import type { RendererEvents, RendererRequests } from '../../src/protocol/rendering.ts';
import { FakeWorker, fakeRenderer, settle } from '../support/fakeWorker.ts';
import { sentenceOf } from '../support/sentence.ts';

function connect() {
  const workers: FakeWorker[] = [];
  const events: unknown[] = [];
  const lost: GanvasError[] = [];
  const client = new Client<Requests, Events>(
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    roles.trainer,
    { onEvent: (event) => events.push(event), onLost: (error) => lost.push(error) },
  );
  client.start();
  const worker = workers[0] as FakeWorker;
  return { client, worker, workers, events, lost };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('requests', () => {
  it('get their own replies, in whatever order these come', async () => {
    const { client, worker } = connect();
    const first = client.request('pause', null);
    const second = client.request('exportWeights', null);
    await worker.reply('exportWeights', { zip: new Uint8Array(3), fileName: 'a.zip' });
    await worker.reply('pause', null);
    expect(await first).toBeNull();
    expect((await second).fileName).toBe('a.zip');
  });

  it('are rejected with the worker’s error, code and all', async () => {
    const { client, worker } = connect();
    const request = client.request('train', null);
    const rejected = expect(request).rejects.toMatchObject({
      code: 'request-not-allowed',
      kind: 'not-now',
      facts: { request: 'train', state: 'loading' },
    });
    await worker.refuse('train', new GanvasError('request-not-allowed', { request: 'train', state: 'loading' }));
    await rejected;
  });

  it('transfer the arrays they carry, and the ports', () => {
    const { client, worker } = connect();
    const zip = new Uint8Array(100);
    void client.request('open', {
      workerRun: 'a',
      from: { zip, fileName: 'a.zip' },
      accelerator: 'wasm',
      dataset: 'mnist',
    });
    expect(worker.transferred[0]).toEqual([zip.buffer]);
    const { port1 } = new MessageChannel();
    void client.request('connect', { snapshots: port1 });
    expect(worker.transferred[1]).toEqual([port1]);
  });

  it('are rejected when they cannot be sent at all', async () => {
    const { client, worker } = connect();
    worker.postMessage = () => {
      throw new Error('could not be cloned');
    };
    await expect(client.request('train', null)).rejects.toMatchObject({ kind: 'internal' });
  });
});

describe('a worker that is lost', () => {
  it.each([
    'error',
    'messageerror',
  ] as const)('by “%s” rejects all that is pending, and what comes later', async (type) => {
    const { client, worker, lost } = connect();
    const rejected = expect(client.request('train', null)).rejects.toMatchObject({ kind: 'worker-crashed' });
    worker.fire(type, { message: 'boom' });
    await rejected;
    expect(lost.map(({ kind }) => kind)).toEqual(['worker-crashed']);
    expect(worker.terminated).toBe(true);
    await expect(client.request('ping', null)).rejects.toMatchObject({ kind: 'worker-crashed' });
  });

  const ticks = (count: number) => vi.advanceTimersByTimeAsync(heartbeat.tickMs * count);

  it('has stopped answering when it says nothing for some seconds, whatever it was asked of its usual work', async () => {
    const { client, worker, lost } = connect();
    await ticks(1);
    await worker.reply('ping', null);
    const rejected = expect(client.request('pause', null)).rejects.toMatchObject({ kind: 'worker-silent' });
    await ticks(heartbeat.fewestTicks);
    expect(lost).toEqual([]);
    await ticks(1);
    await rejected;
    expect(lost.map(({ code }) => code)).toEqual(['worker-silent']);
    expect(worker.terminated).toBe(true);
  });

  it.each([
    ['a minute while it is at a request of unknown length', heartbeat.mostTicks, false],
    ['some more seconds while a driver compiles', heartbeat.compilingTicks, true],
  ])('is given %s', async (_, given, compiling) => {
    const { client, worker, lost } = connect();
    client.expectCompiling(compiling);
    const asked = compiling ? client.request('pause', null) : client.request('train', null);
    worker.take(compiling ? 'pause' : 'train');
    const rejected = expect(asked).rejects.toMatchObject({ kind: 'worker-silent' });
    await ticks(given);
    expect(lost).toEqual([]);
    await ticks(1);
    await rejected;
    expect(lost.map(({ code }) => code)).toEqual(['worker-silent']);
  });

  it('is given a minute to load, before its first word', async () => {
    const { client, lost } = connect();
    const rejected = expect(client.request('pause', null)).rejects.toMatchObject({ kind: 'worker-silent' });
    await ticks(heartbeat.mostTicks);
    expect(lost).toEqual([]);
    await ticks(1);
    await rejected;
  });

  it('is not excused by what it was asked after its last word', async () => {
    const { client, worker, lost } = connect();
    worker.emit('run', 'progress', null);
    const rejected = expect(client.request('saveRun', null)).rejects.toMatchObject({ kind: 'worker-silent' });
    await ticks(heartbeat.fewestTicks + 1);
    await rejected;
    expect(lost.map(({ code }) => code)).toEqual(['worker-silent']);
  });

  it('is given no more than usual once that is over', async () => {
    const { client, worker, lost } = connect();
    client.expectCompiling(true);
    const train = client.request('train', null);
    await worker.reply('train', null);
    await train;
    client.expectCompiling(false);
    await ticks(heartbeat.fewestTicks + 1);
    expect(lost.map(({ code }) => code)).toEqual(['worker-silent']);
  });

  it('can be replaced, and what the old one still says is not heard', async () => {
    const { client, worker, workers, events } = connect();
    worker.fire('error', {});
    client.start();
    worker.emit('old', 'progress', null);
    workers[1]?.emit('new', 'progress', null);
    expect(events).toMatchObject([{ workerRun: 'new' }]);
    const request = client.request('ping', null);
    await workers[1]?.reply('ping', null);
    expect(await request).toBeNull();
  });

  it('cannot even be started where the browser has none', async () => {
    const lost: GanvasError[] = [];
    const client = new Client<Requests, Events>(
      () => {
        throw new GanvasError('worker-refused', {});
      },
      roles.trainer,
      { onEvent: () => {}, onLost: (error) => lost.push(error) },
    );
    client.start();
    expect(lost.map(({ code }) => code)).toEqual(['worker-refused']);
    await expect(client.request('hello', { pageUrl: 'http://localhost/' })).rejects.toMatchObject({
      kind: 'no-worker',
    });
  });
});

describe('the worker that draws', () => {
  it('is lost under codes of its own: the other one goes on', async () => {
    const lost: GanvasError[] = [];
    const worker = fakeRenderer();
    const client = new Client<RendererRequests, RendererEvents>(() => worker, roles.renderer, {
      onEvent: () => {},
      onLost: (error) => lost.push(error),
    });
    client.start();
    expect(client.running).toBe(true);
    const rejected = expect(
      client.request('render', { workerRun: 'a', latent: new Float32Array(2) }),
    ).rejects.toMatchObject({
      kind: 'renderer-crashed',
    });
    worker.fire('error', { message: 'boom' });
    await rejected;
    expect(client.running).toBe(false);
    client.start();
    await vi.advanceTimersByTimeAsync(heartbeat.tickMs * (heartbeat.mostTicks + 1));
    expect(lost.map(({ code }) => code)).toEqual(['renderer-crashed', 'renderer-silent']);
    expect(lost.map(sentenceOf)).toEqual([
      'The worker that draws this digit has crashed (boom).',
      'The worker that draws this digit has stopped answering.',
    ]);
  });
});

describe('newest wins', () => {
  it('keeps one in flight and one waiting, whatever the slider does', async () => {
    const asked: number[] = [];
    const answers: ((value: number) => void)[] = [];
    const delivered: number[] = [];
    const slider = newestWins<number, number>(
      (input) => {
        asked.push(input);
        return new Promise((resolve) => answers.push(resolve));
      },
      (output) => delivered.push(output),
      () => {},
    );
    for (let value = 0; value < 50; value++) slider.ask(value);
    expect(asked).toEqual([0]);
    answers[0]?.(0);
    await settle();
    expect(asked).toEqual([0, 49]);
    answers[1]?.(49);
    await settle();
    expect(delivered).toEqual([0, 49]);
  });

  it('goes on after a failure, and forgets on clear', async () => {
    let fail = true;
    const failures: unknown[] = [];
    const delivered: number[] = [];
    const slider = newestWins<number, number>(
      async (input) => {
        if (fail) throw new Error('no');
        return input;
      },
      (output) => delivered.push(output),
      (error) => failures.push(error),
    );
    slider.ask(1);
    await settle();
    expect(failures).toHaveLength(1);
    fail = false;
    slider.ask(2);
    slider.clear();
    await settle();
    expect(delivered).toEqual([]);
    slider.ask(3);
    await settle();
    expect(delivered).toEqual([3]);
  });
});
