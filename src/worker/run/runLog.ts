// What a run has told the page so far, kept here too: it is saved with the run, and a run that goes back forgets the
// end of it.
import type { Frame, Metrics } from '../../config/history.ts';
import { History } from '../../files/history.ts';
import type { SavedRun } from '../../files/savedRun.ts';
import type { Events } from '../../protocol/messages.ts';
import type { Emit } from '../shared/emit.ts';

export interface Told {
  readonly metrics: Metrics;
  readonly frames: readonly Frame[];
}

export class RunLog {
  readonly #history = new History();

  /** What is told through this is kept, and goes on to `emit`. */
  listen(emit: Emit): Emit {
    return (name, payload) => {
      // Before it is transferred away.
      if (name === 'metrics') this.#history.append(payload as Metrics);
      if (name === 'grid') this.#history.frames.add(copyOf(payload as Frame));
      emit(name, payload);
    };
  }

  get told(): Told {
    return { metrics: this.#history.metrics(), frames: this.#history.frames.all() };
  }

  /** From now on it is this that was told. */
  replace({ metrics, frames }: Told): void {
    this.#history.clear();
    this.#history.append(metrics);
    for (const frame of frames) this.#history.frames.add(frame);
  }
}

/** What a run that was saved had told, as a message to the page: copies, as a message is given away. */
export function pastOf({ metrics, frames, quality }: SavedRun): Events['restored'] {
  const history = new History();
  history.append(metrics);
  return { metrics: history.metrics(), frames: frames.map(copyOf), rows: quality.rows, real: quality.real };
}

const copyOf = ({ step, half, pictures, realness }: Frame): Frame => ({
  step,
  half,
  pictures: { pixels: pictures.pixels.slice(), count: pictures.count },
  realness: realness.slice(),
});
