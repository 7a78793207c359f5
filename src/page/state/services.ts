// The page services: what its parts share: the store, the history, the worker that trains, and where to report errors.

import type { History } from '../../files/history.ts';
import type { RequestName, Requests } from '../../protocol/messages.ts';
import type { Place } from './problems.ts';
import type { PageStore } from './store.ts';

/** As the client's. */
interface RequestOptions {
  readonly expects?: string | null;
  readonly signal?: AbortSignal;
}

export interface PageServices {
  readonly store: PageStore;
  readonly history: History;
  readonly runs: { end(): void; makeRoom(bytes: number): Promise<number> };
  readonly rates: { send(): void; forget(): void };
  request<Name extends RequestName>(
    name: Name,
    payload: Requests[Name]['send'],
    how?: RequestOptions,
  ): Promise<Requests[Name]['reply']>;
  report(error: unknown, here: Place): void;
  dismiss(place: Place): void;
}
