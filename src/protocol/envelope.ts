// How messages are wrapped, whatever they carry: requests with one reply each, by id, and events of a run.
import type { EncodedError } from './errors.ts';

/** Request name → what it carries and what the reply carries. */
export type RequestMap<Map> = { readonly [Name in keyof Map]: { send: unknown; reply: unknown } };

/** From page to worker. `expects`: the worker run that the request is meant for, if for one. */
export type RequestMessageOf<Map extends RequestMap<Map>> = {
  [Name in keyof Map]: {
    kind: 'request';
    id: number;
    name: Name;
    payload: Map[Name]['send'];
    expects?: string | null;
  };
}[keyof Map];

/** From page to worker: nobody waits for the reply to this request any more; what it has begun ends. */
export interface AbortMessage {
  readonly kind: 'abort';
  readonly id: number;
}

/** From worker to page: it has come to a request, which may take it long from now on. */
export interface TakenMessage {
  readonly kind: 'taken';
  readonly id: number;
}

/** From worker to page: the reply to one request. */
export type ReplyMessageOf<Map extends RequestMap<Map>> =
  | { kind: 'reply'; id: number; ok: true; payload: Map[keyof Map]['reply'] }
  | { kind: 'reply'; id: number; ok: false; error: EncodedError };

/** From worker to page. `workerRun`: the one that it is of; null before the first, and where it is of none. */
export type EventMessageOf<Map> = {
  [Name in keyof Map]: { kind: 'event'; workerRun: string | null; name: Name; payload: Map[Name] };
}[keyof Map];

/** A worker, a MessagePort, or a test's fake: what the client and the session speak through. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}
