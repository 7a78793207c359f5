// A worker's place taken by the test: it sees what the page sends, and answers by hand.

import type { Metrics } from '../../src/config/history.ts';
import { presets } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import type { WorkerPort } from '../../src/page/client/client.ts';
import type { AbortMessage, RequestMap, RequestMessageOf } from '../../src/protocol/envelope.ts';
import { encodeError } from '../../src/protocol/errors.ts';
import type { Events, Requests, RunDescription } from '../../src/protocol/messages.ts';
import type { RendererEvents, RendererRequests } from '../../src/protocol/rendering.ts';

/** Of the worker that trains, unless another one's messages are named. */
export class FakeWorker<Asked extends RequestMap<Asked> = Requests, Told = Events> implements WorkerPort {
  readonly sent: RequestMessageOf<Asked>[] = [];
  /** Ids of the requests that nobody waits for any more. */
  readonly aborted: number[] = [];
  readonly transferred: Transferable[][] = [];
  terminated = false;
  readonly #listeners = new Map<string, ((event: MessageEvent) => void)[]>();

  postMessage(message: unknown, transfer: Transferable[]): void {
    if ((message as AbortMessage).kind === 'abort') {
      this.aborted.push((message as AbortMessage).id);
      return;
    }
    this.sent.push(message as RequestMessageOf<Asked>);
    this.transferred.push(transfer);
  }

  addEventListener(type: string, listener: (event: MessageEvent) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  terminate(): void {
    this.terminated = true;
  }

  fire(type: 'message' | 'error' | 'messageerror', event: object): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event as MessageEvent);
  }

  /** Requests of this name, oldest first. */
  named<Name extends keyof Asked>(name: Name): Extract<RequestMessageOf<Asked>, { name: Name }>[] {
    return this.sent.filter((message) => message.name === name) as Extract<RequestMessageOf<Asked>, { name: Name }>[];
  }

  /** Has come to the newest request of this name, and is at it. */
  take(name: keyof Asked): void {
    this.fire('message', { data: { kind: 'taken', id: this.#newest(name) } });
  }

  /** Answers the newest request of this name. */
  async reply<Name extends keyof Asked>(name: Name, payload: Asked[Name]['reply']): Promise<void> {
    this.fire('message', { data: { kind: 'reply', id: this.#newest(name), ok: true, payload } });
    await settle();
  }

  async refuse(name: keyof Asked, error: unknown): Promise<void> {
    this.fire('message', { data: { kind: 'reply', id: this.#newest(name), ok: false, error: encodeError(error) } });
    await settle();
  }

  emit<Name extends keyof Told>(workerRun: string | null, name: Name, payload: Told[Name]): void {
    this.fire('message', { data: { kind: 'event', workerRun, name, payload } });
  }

  #newest(name: keyof Asked): number {
    const id = this.sent.findLast((message) => message.name === name)?.id;
    if (id === undefined) throw new Error(`The page never sent “${String(name)}”.`);
    return id;
  }
}

export const fakeRenderer = () => new FakeWorker<RendererRequests, RendererEvents>();

/** Lets the promises that can go on do so. */
export const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

export const describeRun = (workerRun: string, config: RunConfig = presets.quick.config): RunDescription => ({
  workerRun,
  runId: workerRun,
  config,
  backend: {
    name: 'wasm',
    detail: { on: 'threads', simd: true, threads: 2, limit: null },
    reason: { because: 'no-webgl' },
  },
  gridLatents: new Float32Array(64 * config.latent),
});

/** Metrics of consecutive steps from `first`, the same numbers in each unless given. */
export function metricsOf(first: number, count: number, losses: Partial<Record<keyof Metrics, number>> = {}): Metrics {
  const fill = (value: number) => new Float32Array(count).fill(value);
  return {
    steps: Uint32Array.from({ length: count }, (_, i) => first + i),
    discriminatorLoss: fill(losses.discriminatorLoss ?? 0.69),
    generatorLoss: fill(losses.generatorLoss ?? 0.7),
    accuracyReal: fill(losses.accuracyReal ?? 0.5),
    accuracyFake: fill(losses.accuracyFake ?? 0.5),
  };
}
