// For a slider that asks faster than it is answered: one request in flight, the newest of the others waits, the rest is
// dropped.

export interface NewestWins<Input> {
  ask(input: Input): void;
  /** Forgets what waits; the answer to what is in flight is dropped. */
  clear(): void;
}

/**
 * `work` is never called while its last call is pending. An answer is delivered even when a newer input waits: it moves
 * the picture.
 */
export function newestWins<Input, Output>(
  work: (input: Input) => Promise<Output>,
  deliver: (output: Output, input: Input) => void,
  fail: (error: unknown) => void,
): NewestWins<Input> {
  let waiting: { input: Input } | null = null;
  let busy = false;
  let era = 0;

  const run = async (input: Input): Promise<void> => {
    busy = true;
    const mine = era;
    try {
      const output = await work(input);
      if (mine === era) deliver(output, input);
    } catch (error) {
      if (mine === era) fail(error);
    }
    busy = false;
    const next = waiting;
    waiting = null;
    if (next !== null) void run(next.input);
  };

  return {
    ask(input) {
      if (busy) waiting = { input };
      else void run(input);
    },
    clear() {
      era += 1;
      waiting = null;
    },
  };
}
