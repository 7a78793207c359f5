// A test's way to the real worker: typed requests, and every event kept and awaitable.
import { decodeError } from '../../src/protocol/errors.ts';
import type { EventName, Events, RequestName, Requests, WorkerMessage } from '../../src/protocol/messages.ts';
import type { SessionState } from '../../src/protocol/states.ts';

interface Speaker {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

export class WorkerClient {
  readonly #port: Speaker;
  readonly #replies = new Map<number, (message: Extract<WorkerMessage, { kind: 'reply' }>) => void>();
  #nextId = 1;
  readonly events: { name: EventName; run: string | null; payload: unknown }[] = [];
  #wake: (() => void)[] = [];

  constructor(port: Speaker) {
    this.#port = port;
    port.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
      if (data.kind === 'reply') this.#replies.get(data.id)?.(data);
      else this.events.push(data);
      for (const wake of this.#wake.splice(0)) wake();
    });
  }

  request<Name extends RequestName>(name: Name, payload: Requests[Name]['send']): Promise<Requests[Name]['reply']> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#replies.set(id, (reply) => {
        this.#replies.delete(id);
        if (reply.ok) resolve(reply.payload as Requests[Name]['reply']);
        else reject(decodeError(reply.error));
      });
      this.#port.postMessage({ kind: 'request', id, name, payload }, []);
    });
  }

  all<Name extends EventName>(name: Name): Events[Name][] {
    return this.events.filter((event) => event.name === name).map(({ payload }) => payload as Events[Name]);
  }

  last<Name extends EventName>(name: Name): Events[Name] | undefined {
    return this.all(name).at(-1);
  }

  get state(): SessionState | undefined {
    return this.last('state')?.state;
  }

  /** Resolves as soon as `condition` holds; checked after every message. The test's own timeout is the limit. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#wake.push(resolve));
  }
}
