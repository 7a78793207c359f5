// The line from the worker that trains to the one that draws: the newest weights, one copy on its way at a time.
import type { Snapshot } from '../../protocol/rendering.ts';
import { transferablesOf } from '../../protocol/transfer.ts';

/** Takes the weights of the moment in which it is called. */
export type TakeSnapshot = () => Promise<Snapshot>;

export class Snapshots {
  #line: MessagePort | null = null;
  #take: TakeSnapshot | null = null;
  /** Whether there is something that the other end has not been sent. */
  #owed = false;
  #busy = false;

  /** Over this line from now on, beginning with what was offered last. */
  connect(line: MessagePort): void {
    this.#line?.close();
    this.#line = line;
    this.#owed = true;
    void this.#send();
  }

  /** There are other weights than before. They are taken when their turn comes; training need not wait for it. */
  offer(take: TakeSnapshot): void {
    this.#take = take;
    this.#owed = true;
    void this.#send();
  }

  async #send(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#owed && this.#line !== null && this.#take !== null) {
      this.#owed = false;
      try {
        const snapshot = await this.#take();
        this.#line.postMessage(snapshot, transferablesOf(snapshot));
      } catch {
        // The run is over, or its device cannot be read any more: then its own reads meet the same, and tell.
      }
    }
    this.#busy = false;
  }
}
