// What a run has told the page so far, kept here too: it is saved with the run, and a run that goes back forgets the
// end of it.
import type { Frame, Metrics } from '../../config/history.ts';
import type { Mark } from '../../config/marks.ts';
import { History } from '../../files/history.ts';
import type { SavedRun } from '../../files/savedRun.ts';
import type { Events } from '../../protocol/messages.ts';
import type { Emit } from '../shared/emit.ts';

export interface Told {
  readonly metrics: Metrics;
  readonly frames: readonly Frame[];
  readonly marks: readonly Mark[];
}

export class RunLog {
  readonly #history = new History();

  /** What is told through this is kept, and goes on to `emit`. */
  listen(emit: Emit): Emit {
    return (name, payload) => {
      // Before it is transferred away.
      if (name === 'metrics') this.#history.append(payload as Metrics);
      if (name === 'mark') this.#history.mark(payload as Mark);
      if (name === 'grid') this.#history.frames.add(copyOf(payload as Frame));
      emit(name, payload);
    };
  }

  get marks(): readonly Mark[] {
    return this.#history.marks;
  }

  get told(): Told {
    const { frames, marks } = this.#history;
    return { metrics: this.#history.metrics(), frames: frames.all(), marks };
  }

  /** From now on it is this that was told. */
  replace({ metrics, frames, marks }: Told): void {
    this.#history.clear();
    this.#history.append(metrics);
    for (const frame of frames) this.#history.frames.add(frame);
    for (const mark of marks) this.#history.mark(mark);
  }
}

/** What a run that was saved had told, as a message to the page: copies, as a message is given away. */
export function pastOf({ metrics, frames, marks, quality }: SavedRun): Events['restored'] {
  const history = new History();
  history.append(metrics);
  const { rows, real } = quality;
  return { metrics: history.metrics(), frames: frames.map(copyOf), marks, rows, real };
}

const copyOf = ({ step, half, pictures, realness }: Frame): Frame => ({
  step,
  half,
  pictures: { pixels: pictures.pixels.slice(), count: pictures.count },
  realness: realness.slice(),
});
