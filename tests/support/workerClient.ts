// A test's way to the real worker: typed requests, and every event kept and awaitable.

import type { BackendName } from '../../src/protocol/devices.ts';
import type { EventMessageOf, ReplyMessageOf, RequestMap, TakenMessage } from '../../src/protocol/envelope.ts';
import { decodeError } from '../../src/protocol/errors.ts';
import type { Events, Requests } from '../../src/protocol/messages.ts';
import type { RendererEvents, RendererRequests } from '../../src/protocol/rendering.ts';
import type { SessionState } from '../../src/protocol/states.ts';
import { transferablesOf } from '../../src/protocol/transfer.ts';

interface Speaker {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

class Line<Asked extends RequestMap<Asked>, Told> {
  readonly #port: Speaker;
  readonly #replies = new Map<number, (message: ReplyMessageOf<Asked>) => void>();
  #nextId = 1;
  readonly events: { name: keyof Told; workerRun: string | null; payload: unknown }[] = [];
  #wake: (() => void)[] = [];

  constructor(port: Speaker) {
    this.#port = port;
    port.addEventListener(
      'message',
      ({ data }: MessageEvent<TakenMessage | ReplyMessageOf<Asked> | EventMessageOf<Told>>) => {
        if (data.kind === 'taken') return;
        if (data.kind === 'reply') this.#replies.get(data.id)?.(data);
        else this.events.push(data);
        for (const wake of this.#wake.splice(0)) wake();
      },
    );
  }

  request<Name extends keyof Asked>(
    name: Name,
    payload: Asked[Name]['send'],
    signal?: AbortSignal,
  ): Promise<Asked[Name]['reply']> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#replies.set(id, (reply) => {
        this.#replies.delete(id);
        if (reply.ok) resolve(reply.payload as Asked[Name]['reply']);
        else reject(decodeError(reply.error));
      });
      signal?.addEventListener('abort', () => this.#port.postMessage({ kind: 'abort', id }, []));
      // Ports go over or nothing does; arrays stay with the test, which may use them again.
      const ports = transferablesOf(payload).filter((each) => each instanceof MessagePort);
      this.#port.postMessage({ kind: 'request', id, name, payload }, ports);
    });
  }

  all<Name extends keyof Told>(name: Name): Told[Name][] {
    return this.events.filter((event) => event.name === name).map(({ payload }) => payload as Told[Name]);
  }

  last<Name extends keyof Told>(name: Name): Told[Name] | undefined {
    return this.all(name).at(-1);
  }

  /** Resolves as soon as `condition` holds; checked after every message. The test's own timeout is the limit. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#wake.push(resolve));
  }
}

/** To the worker that trains. */
export class WorkerClient extends Line<Requests, Events> {
  get state(): SessionState | undefined {
    return this.last('state')?.state;
  }

  /** Resolves when the last grid shows the step where the run stands: it comes after the reply to a pause. */
  gridShown(): Promise<void> {
    return this.until(() => this.last('grid')?.step === this.last('trainingStatus')?.step);
  }
}

/** To the worker that draws. */
export class RendererClient extends Line<RendererRequests, RendererEvents> {
  /** Draws with the weights of this run and step, or later ones, as soon as they have come. */
  async render(
    workerRun: string,
    step: number,
    latent: Float32Array<ArrayBuffer>,
  ): Promise<RendererRequests['render']['reply']> {
    await this.until(() => {
      const event = this.events.at(-1);
      return event?.workerRun === workerRun && (this.last('weights')?.step ?? -1) >= step;
    });
    return this.request('render', { workerRun, latent });
  }
}

/** Lays the line for the snapshots between two workers, as the page does. */
export async function connect(trainer: WorkerClient, renderer: RendererClient): Promise<{ backend: BackendName }> {
  const { port1, port2 } = new MessageChannel();
  await trainer.request('connect', { snapshots: port2 });
  return renderer.request('connect', { snapshots: port1 });
}
