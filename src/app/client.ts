// The page's end of the line to the worker: requests with their replies, events, and a watch on its heartbeat.
import { GanvasError } from '../config/errors.ts';
import { decodeError } from '../protocol/errors.ts';
import type { EventMessage, Port, RequestMessage, RequestName, Requests, WorkerMessage } from '../protocol/messages.ts';
import { transferablesOf } from '../protocol/transfer.ts';

/** A worker, or a test's fake of one. */
export interface WorkerPort extends Port {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: Event) => void): void;
  terminate(): void;
}

export interface ClientListener {
  onEvent(event: EventMessage): void;
  /** The worker is gone for good; all that was pending has been rejected with this error. Only `restart` helps. */
  onLost(error: GanvasError): void;
}

interface Pending {
  resolve(payload: unknown): void;
  reject(error: GanvasError): void;
}

export const heartbeat = {
  tickMs: 10_000,
  /** In ticks and not in time: a laptop that slept, or a tab whose timers are throttled, is no silent worker. */
  silentTicks: 6,
} as const;

export function openWorker(): WorkerPort {
  if (typeof Worker === 'undefined') {
    throw new GanvasError('no-worker', 'This browser has no web workers, and Ganvas trains in one.');
  }
  try {
    return new Worker(new URL('../worker/entry.ts', import.meta.url), { type: 'module' });
  } catch (cause) {
    throw new GanvasError('no-worker', 'The browser refused to start the web worker that Ganvas trains in.', { cause });
  }
}

export class Client {
  readonly #open: () => WorkerPort;
  readonly #listener: ClientListener;
  readonly #pending = new Map<number, Pending>();
  #port: WorkerPort | null = null;
  #lost: GanvasError | null = null;
  #nextId = 1;
  #timer: ReturnType<typeof setInterval> | null = null;
  #pinging = false;
  #missed = 0;

  constructor(open: () => WorkerPort, listener: ClientListener) {
    this.#open = open;
    this.#listener = listener;
  }

  /** Starts a worker, ending the one before if there is one; what that one still owed is rejected. */
  start(): void {
    this.stop();
    this.#lost = null;
    try {
      const port = this.#open();
      this.#port = port;
      port.addEventListener('message', (event) => {
        if (port === this.#port) this.#receive(event.data as WorkerMessage);
      });
      port.addEventListener('error', (event) => {
        if (port !== this.#port) return;
        const what = (event as Partial<ErrorEvent>).message;
        this.#lose(new GanvasError('worker-crashed', `The worker that trains has crashed${what ? ` (${what})` : ''}.`));
      });
      port.addEventListener('messageerror', () => {
        if (port !== this.#port) return;
        this.#lose(new GanvasError('worker-crashed', 'A message from the worker that trains could not be read.'));
      });
      this.#timer = setInterval(() => this.#tick(), heartbeat.tickMs);
    } catch (error) {
      this.#lose(error instanceof GanvasError ? error : new GanvasError('no-worker', String(error)));
    }
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#pinging = false;
    this.#missed = 0;
    this.#port?.terminate();
    this.#port = null;
    this.#rejectAll(new GanvasError('cancelled', 'The worker was restarted.'));
  }

  /** Everything whole that the payload's typed arrays own is transferred: hand over copies of what is still needed. */
  request<Name extends RequestName>(name: Name, payload: Requests[Name]['send']): Promise<Requests[Name]['reply']> {
    const port = this.#port;
    if (port === null) {
      return Promise.reject(this.#lost ?? new GanvasError('worker-crashed', 'The worker that trains is not running.'));
    }
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (payload: unknown) => void, reject });
      const message = { kind: 'request', id, name, payload } as RequestMessage;
      try {
        port.postMessage(message, transferablesOf(payload));
      } catch (cause) {
        this.#pending.delete(id);
        reject(new GanvasError('internal', `The request “${name}” could not be sent: ${String(cause)}`, { cause }));
      }
    });
  }

  #receive(message: WorkerMessage): void {
    // Whatever it says, it is alive.
    this.#missed = 0;
    switch (message.kind) {
      case 'event':
        this.#listener.onEvent(message);
        return;
      case 'reply': {
        const pending = this.#pending.get(message.id);
        this.#pending.delete(message.id);
        if (message.ok) pending?.resolve(message.payload);
        else pending?.reject(decodeError(message.error));
        return;
      }
      default:
        message satisfies never;
    }
  }

  #tick(): void {
    if (this.#pinging) {
      this.#missed += 1;
      if (this.#missed >= heartbeat.silentTicks) {
        this.#lose(new GanvasError('worker-silent', 'The worker that trains has not answered for a minute.'));
      }
      return;
    }
    this.#pinging = true;
    const answered = () => {
      this.#pinging = false;
      this.#missed = 0;
    };
    this.request('ping', null).then(answered, answered);
  }

  #lose(error: GanvasError): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#port?.terminate();
    this.#port = null;
    this.#lost = error;
    this.#rejectAll(error);
    this.#listener.onLost(error);
  }

  #rejectAll(error: GanvasError): void {
    const owed = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of owed) reject(error);
  }
}
