// Asks places in order, each with a head start over the next; who answers first is taken, and the others are let go.

export interface Attempt<Place, Value> {
  readonly places: readonly Place[];
  /** How long a place may be silent before the next one is asked as well. */
  readonly leadMs: number;
  readonly signal: AbortSignal;
  /** Asks one place. It calls `answered` as soon as the place has begun to give what was asked for. */
  readonly ask: (place: Place, signal: AbortSignal, answered: () => void) => Promise<Value>;
  /** Whether the failure is the place's own, so that the next is asked; any other error ends it all. */
  readonly isFailure: (place: Place, error: unknown) => boolean;
}

/**
 * Waiting for one silent address after the other would add up to more than a visitor waits; asking all at once would
 * load hosts for nothing. Resolves to null when all failed, or the one that had answered failed after all: the caller
 * may then try again without the places that failed.
 * @throws what `ask` throws and `isFailure` does not take for a failure
 */
export function firstToAnswer<Place, Value>(
  attempt: Attempt<Place, Value>,
): Promise<{ readonly place: Place; readonly value: Value } | null> {
  const { places, leadMs, signal, ask, isFailure } = attempt;
  const asked = new Map<Place, AbortController>();
  const waiting = [...places];
  let running = 0;
  let chosen: Place | null = null;
  let lead: ReturnType<typeof setTimeout> | undefined;

  const letGoAllBut = (kept: Place | null) => {
    clearTimeout(lead);
    for (const [place, controller] of asked) if (place !== kept) controller.abort();
  };
  const cancel = () => letGoAllBut(null);
  signal.addEventListener('abort', cancel, { once: true });

  return new Promise<{ place: Place; value: Value } | null>((resolve, reject) => {
    const askNext = () => {
      clearTimeout(lead);
      const place = waiting.shift();
      if (place === undefined || chosen !== null) return;
      const controller = new AbortController();
      if (signal.aborted) controller.abort();
      asked.set(place, controller);
      running += 1;
      lead = setTimeout(askNext, leadMs);
      const answered = () => {
        if (chosen !== null) return;
        chosen = place;
        letGoAllBut(place);
      };
      ask(place, controller.signal, answered).then(
        (value) => {
          answered();
          if (chosen === place) resolve({ place, value });
        },
        (error) => {
          running -= 1;
          if (chosen !== null && chosen !== place) return;
          if (!isFailure(place, error)) reject(error);
          else if (chosen === place) resolve(null);
          else if (waiting.length > 0) askNext();
          else if (running === 0) resolve(null);
        },
      );
    };
    askNext();
  }).finally(() => {
    signal.removeEventListener('abort', cancel);
    letGoAllBut(null);
  });
}
