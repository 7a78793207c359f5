// The pace of training: after each part of the work, whether to wait for the device, to rest, or to go straight on.
import type { BackendName } from '../../protocol/devices.ts';
import { defaultPace, type Pace } from '../../protocol/pace.ts';
import type { Device } from '../shared/gpuQueue.ts';
import { yieldToMessages } from '../shared/yieldToMessages.ts';

/**
 * A frame at 60 Hz is 16 ms long: what the page draws must fit in as well, and no part's length is known beforehand.
 */
const pieceMs = 10;
/** Enough that a device never waits for us, and little enough that a pause does not wait for long. */
const aheadMs = 60;
const mostParts = 16;
/** Of the time that a part took. */
const restShare = 0.25;
const longestRestMs = 250;

const now = (): number => performance.now();
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export class Pacer {
  #chosen: Pace | null = null;
  #pace: Pace = 'full';
  #device: Device | null = null;
  /** Waits for the marks that the device has not come to, oldest first. */
  #inFlight: (() => Promise<void>)[] = [];
  /** Parts that have gone out since the last mark, and when the first of them did. */
  #parts = 0;
  #began = 0;
  /** What a part takes, in ms; unknown at first. */
  #partMs = Number.POSITIVE_INFINITY;

  get pace(): Pace {
    return this.#pace;
  }

  /** What the visitor wants, on this backend and any other. */
  choose(pace: Pace): void {
    this.#chosen = pace;
    this.#pace = pace;
  }

  /** Another run, perhaps on another backend. `device` is null where this thread computes itself. */
  use(backend: BackendName, device: Device | null): void {
    this.#pace = this.#chosen ?? defaultPace(backend);
    this.#device = device;
    this.#inFlight = [];
    this.#partMs = Number.POSITIVE_INFINITY;
    this.begin();
  }

  /** Work begins or goes on: the time before it does not count. */
  begin(): void {
    this.#parts = 0;
    this.#began = now();
  }

  /** To be awaited after each part of the work. Lets messages in. */
  async afterPart(): Promise<void> {
    this.#parts += 1;
    if (this.#device !== null) await this.#paceDevice(this.#device);
    else if (this.#pace === 'smooth') await sleep(Math.min(longestRestMs, restShare * (now() - this.#began)));
    else await yieldToMessages();
    if (this.#device === null) this.begin();
  }

  async #paceDevice(device: Device): Promise<void> {
    const smooth = this.#pace === 'smooth';
    // Small parts are put together to a piece: to wait for each of them would cost more than they do.
    const full = (this.#parts + 1) * this.#partMs > pieceMs || this.#parts >= mostParts;
    if (!smooth || full) {
      this.#inFlight.push(device.mark());
      const allowed = smooth ? 0 : Math.max(1, Math.min(mostParts, Math.floor(aheadMs / this.#partMs)));
      while (this.#inFlight.length > allowed) await this.#inFlight.shift()?.();
      const took = (now() - this.#began) / this.#parts;
      this.#partMs = Number.isFinite(this.#partMs) ? (this.#partMs + took) / 2 : took;
      this.begin();
    }
    await yieldToMessages();
  }
}
