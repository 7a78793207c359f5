// Images for a bench: what they show does not matter, only that they are the same each time.

/** [1024, 28, 28], 0 to 255. */
export function syntheticImages(): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: 1024 * 28 * 28 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}
