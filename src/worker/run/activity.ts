// What takes time and may be ended by another request (loading, training, a half-step): at most one at once.
import { GanvasError } from '../../config/errors.ts';

export interface Activity {
  /** Aborted when the activity should end as soon as it can. */
  readonly signal: AbortSignal;
  /** It goes on although the request that has begun it is over. */
  readonly detach: () => void;
  /** To be called, in a `finally`, when it has ended. */
  readonly end: () => void;
}

export class ActivitySlot {
  #current: { controller: AbortController; ended: Promise<void> } | null = null;
  #takers = 0;

  /**
   * `request`: aborts the activity as long as that is not detached.
   * @throws GanvasError 'not-now' while another one has not ended
   */
  begin(request: AbortSignal): Activity {
    if (this.#current) throw new GanvasError('something-in-progress', {});
    const controller = new AbortController();
    let resolve = () => {};
    const current = {
      controller,
      ended: new Promise<void>((done) => {
        resolve = done;
      }),
    };
    this.#current = current;
    const abort = (): void => controller.abort();
    const detach = (): void => request.removeEventListener('abort', abort);
    request.addEventListener('abort', abort);
    if (request.aborted) abort();
    const end = () => {
      detach();
      if (this.#current === current) this.#current = null;
      resolve();
    };
    return { signal: controller.signal, detach, end };
  }

  /**
   * Ends what is in progress and begins. Of several that wait for the same end the newest gets its turn.
   * @throws GanvasError 'cancelled' for the others
   */
  async takeOver(request: AbortSignal): Promise<Activity> {
    const turn = ++this.#takers;
    await this.stop();
    if (turn !== this.#takers) throw new GanvasError('something-newer', {});
    return this.begin(request);
  }

  /** Asks what is in progress to end, without waiting for it. */
  abort(): void {
    this.#current?.controller.abort();
  }

  /** Ends what is in progress, and whatever begins meanwhile; resolves when nothing is left. */
  async stop(): Promise<void> {
    while (this.#current) {
      this.#current.controller.abort();
      await this.#current.ended;
    }
  }
}
