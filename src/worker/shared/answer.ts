// How both workers answer: each request is taken up, and gets its reply or its error, whatever happens.

import type { Port, TakenMessage } from '../../protocol/envelope.ts';
import { encodeError } from '../../protocol/errors.ts';
import { transferablesOf } from '../../protocol/transfer.ts';
import { classify } from './faults.ts';

/** Never rejects. */
export async function answer(port: Pick<Port, 'postMessage'>, id: number, work: () => Promise<unknown>): Promise<void> {
  const post = (message: object): void => port.postMessage(message, transferablesOf(message));
  post({ kind: 'taken', id } satisfies TakenMessage);
  try {
    post({ kind: 'reply', id, ok: true, payload: await work() });
  } catch (error) {
    post({ kind: 'reply', id, ok: false, error: encodeError(classify(error)) });
  }
}
