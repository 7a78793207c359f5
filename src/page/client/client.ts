// The page's end of the line to a worker: requests with their replies, and events.
import { GanvasError } from '../../config/errors.ts';
import type {
  AbortMessage,
  EventMessageOf,
  Port,
  ReplyMessageOf,
  RequestMap,
  TakenMessage,
} from '../../protocol/envelope.ts';
import { decodeError } from '../../protocol/errors.ts';
import type { RequestName } from '../../protocol/messages.ts';
import type { RendererRequests } from '../../protocol/rendering.ts';
import { transferablesOf } from '../../protocol/transfer.ts';
import { Heartbeat, heartbeat } from './heartbeat.ts';

/** A worker, or a test's fake of one. */
export interface WorkerPort extends Port {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: Event) => void): void;
  terminate(): void;
}

/** Which worker it is. */
export interface WorkerRole {
  /** The beginning of its errors' codes. */
  readonly name: 'worker' | 'renderer';
  /** Requests that take no more than its usual work does; others excuse a longer silence. */
  readonly usual: ReadonlySet<string>;
}

const usualOfTrainer: readonly RequestName[] = [
  'ping',
  'connect',
  'setPace',
  'setAutosave',
  'setLearningRates',
  'setStopRules',
  'save',
  'pause',
];
const usualOfRenderer: readonly (keyof RendererRequests)[] = ['ping', 'render'];

export const roles = {
  trainer: {
    name: 'worker',
    usual: new Set(usualOfTrainer),
  },
  renderer: {
    name: 'renderer',
    usual: new Set(usualOfRenderer),
  },
} as const satisfies Record<string, WorkerRole>;

export interface ClientListener<Events> {
  onEvent(event: EventMessageOf<Events>): void;
  /** The worker is gone for good; all that was pending has been rejected with this error. Only `restart` helps. */
  onLost(error: GanvasError): void;
}

type Received<Requests extends RequestMap<Requests>, Events> =
  | TakenMessage
  | ReplyMessageOf<Requests>
  | EventMessageOf<Events>;

export interface RequestOptions {
  /** The worker run that the request is meant for: the worker refuses it ('not-now') where another stands. */
  readonly expects?: string | null;
  /** Ends the request alone. */
  readonly signal?: AbortSignal;
}

interface Pending {
  readonly name: string;
  /** Whether the worker has come to it: one that hangs is not excused by what it was asked after that. */
  taken: boolean;
  resolve(payload: unknown): void;
  reject(error: GanvasError): void;
}

function opened(open: () => Worker): WorkerPort {
  if (typeof Worker === 'undefined') {
    throw new GanvasError('no-workers-here', {});
  }
  try {
    return open();
  } catch (cause) {
    throw new GanvasError('worker-refused', {}, { cause });
  }
}

/** Where the page's workers come from. */
export interface WorkerPorts {
  trainer(): WorkerPort;
  renderer(): WorkerPort;
}

export const workers: WorkerPorts = {
  trainer: () => opened(() => new Worker(new URL('../../worker/entry.ts', import.meta.url), { type: 'module' })),
  renderer: () => opened(() => new Worker(new URL('../../worker/renderEntry.ts', import.meta.url), { type: 'module' })),
};

export class Client<Requests extends RequestMap<Requests>, Events> {
  readonly #open: () => WorkerPort;
  readonly #role: WorkerRole;
  readonly #listener: ClientListener<Events>;
  readonly #pending = new Map<number, Pending>();
  #port: WorkerPort | null = null;
  #lost: GanvasError | null = null;
  #nextId = 1;
  readonly #heartbeat: Heartbeat;
  #heard = false;
  #compiling = false;

  constructor(open: () => WorkerPort, role: WorkerRole, listener: ClientListener<Events>) {
    this.#open = open;
    this.#role = role;
    this.#listener = listener;
    this.#heartbeat = new Heartbeat(
      () => this.#ask('ping', null),
      () => this.#lose(new GanvasError(`${role.name}-silent`, {})),
    );
  }

  /** Starts a worker, ending the one before if there is one; what that one still owed is rejected. */
  start(): void {
    this.stop();
    this.#lost = null;
    this.#heard = false;
    const role = this.#role;
    try {
      const port = this.#open();
      this.#port = port;
      port.addEventListener('message', (event) => {
        if (port === this.#port) this.#receive(event.data as Received<Requests, Events>);
      });
      port.addEventListener('error', (event) => {
        if (port !== this.#port) return;
        const { message = '' } = event as Partial<ErrorEvent>;
        this.#lose(new GanvasError(`${role.name}-crashed`, { message }));
      });
      port.addEventListener('messageerror', () => {
        if (port !== this.#port) return;
        this.#lose(new GanvasError(`${role.name}-unreadable`, {}));
      });
      this.#heartbeat.start(() => this.#excused);
    } catch (error) {
      this.#lose(
        error instanceof GanvasError ? error : new GanvasError('worker-not-started', { message: String(error) }),
      );
    }
  }

  stop(): void {
    this.#heartbeat.stop();
    this.#compiling = false;
    this.#port?.terminate();
    this.#port = null;
    this.#rejectAll(new GanvasError('worker-restarted', {}));
  }

  /** Whether there is a worker: started, and not lost. */
  get running(): boolean {
    return this.#port !== null;
  }

  /** Whether the worker has a driver compile something from now on, which may keep it silent for longer. */
  expectCompiling(compiling: boolean): void {
    this.#compiling = compiling;
  }

  /** How many ticks of silence the work that it is at is an excuse for. */
  get #excused(): number {
    const { usual } = this.#role;
    const isLoading = !this.#heard;
    const isAtMore = [...this.#pending.values()].some(({ name, taken }) => taken && !usual.has(name));
    if (isLoading || isAtMore) return heartbeat.mostTicks;
    return this.#compiling ? heartbeat.compilingTicks : 0;
  }

  /**
   * Everything whole that the payload's typed arrays own is transferred: hand over copies of what is still needed.
   * @throws GanvasError 'cancelled' at once when `signal` aborts; the worker is told
   */
  request<Name extends keyof Requests & string>(
    name: Name,
    payload: Requests[Name]['send'],
    how: RequestOptions = {},
  ): Promise<Requests[Name]['reply']> {
    return this.#ask(name, payload, how);
  }

  #ask(name: string, payload: unknown, { expects = null, signal }: RequestOptions = {}): Promise<unknown> {
    if (signal?.aborted) return Promise.reject(new GanvasError('not-wanted-any-more', {}));
    const port = this.#port;
    if (port === null) {
      return Promise.reject(this.#lost ?? new GanvasError(`${this.#role.name}-not-running`, {}));
    }
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { name, taken: false, resolve, reject });
      try {
        port.postMessage({ kind: 'request', id, name, payload, expects }, transferablesOf(payload));
      } catch (cause) {
        this.#pending.delete(id);
        reject(new GanvasError('request-not-sent', { request: name, message: String(cause) }, { cause }));
      }
      signal?.addEventListener('abort', () => this.#abort(id), { once: true });
    });
  }

  #abort(id: number): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    this.#port?.postMessage({ kind: 'abort', id } satisfies AbortMessage, []);
    pending.reject(new GanvasError('not-wanted-any-more', {}));
  }

  #receive(message: Received<Requests, Events>): void {
    this.#heartbeat.heard();
    this.#heard = true;
    switch (message.kind) {
      case 'event':
        this.#listener.onEvent(message);
        return;
      case 'taken': {
        const pending = this.#pending.get(message.id);
        if (pending) pending.taken = true;
        return;
      }
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

  #lose(error: GanvasError): void {
    this.#heartbeat.stop();
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
