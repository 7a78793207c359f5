// What a test does with a browser, whichever it is: the part of W3C WebDriver that a journey through the page needs.

/** W3C's input sources and their actions, as both protocols take them. */
export type Actions = readonly Readonly<Record<string, unknown>>[];

export interface Browser extends AsyncDisposable {
  /** Where its downloads go. */
  readonly downloads: string;
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs a function in the page and resolves with what it returns, as JSON carries it. */
  evaluate<Args extends readonly unknown[], Result>(
    work: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>;
  perform(actions: Actions): Promise<void>;
  /** Gives files to an input; `selector` is CSS. */
  giveFiles(selector: string, paths: readonly string[]): Promise<void>;
}

/** The source of a function that runs `work` and returns its result as text. */
export const asText = (work: (...args: never[]) => unknown, args: readonly unknown[]): string =>
  `async () => JSON.stringify((await (${work})(...${JSON.stringify(args)})) ?? null)`;

/** Polls until `look` returns something else than null, false or undefined. */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | null | false | undefined>,
  seconds = 60,
): Promise<Found> {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    const found = await look();
    if (found !== null && found !== false && found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
