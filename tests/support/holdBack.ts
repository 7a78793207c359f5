// For tests in the browser: requests that get no answer.
import type { BrowserCommand } from 'vitest/node';

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** From now on, what the page and its workers ask for at an address of this pattern is on its way for ever. */
    holdBack: (pattern: string) => Promise<void>;
    letThrough: (pattern: string) => Promise<void>;
  }
}

export const holdBack: BrowserCommand<[pattern: string]> = async ({ context }, pattern) => {
  await context.route(pattern, () => new Promise(() => {}));
};

export const letThrough: BrowserCommand<[pattern: string]> = async ({ context }, pattern) => {
  await context.unroute(pattern);
};
