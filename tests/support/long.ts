// What `npm test` leaves to `npm run test:long`, which runs every night: the long forms of tests that could go on for
// hours, and scenarios that are told in short elsewhere.
import { it } from 'vitest';

/** As tests/long.config.ts has it, for tests in Node and in the browser. */
export const isLong = import.meta.env.GANVAS_LONG === 'yes';

/** How many of something: in the long form, and in the short one. */
export const howMany = (long: number, short: number): number => (isLong ? long : short);

/**
 * A scenario in the real browser that a cheaper test tells as well, up to what only a browser can do wrong. `npm test`
 * skips it, and counts it as skipped.
 */
export const nightly = it.runIf(isLong);
