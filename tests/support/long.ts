// The two forms of the tests that could go on for hours: short in `npm test`, long in `npm run test:long`, which is
// nightly.

/** `npm run test:long` runs Vitest in this mode. */
export const isLong = import.meta.env.MODE === 'long';

/** How many of something: in the long form, and in the short one. */
export const howMany = (long: number, short: number): number => (isLong ? long : short);
