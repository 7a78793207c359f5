// Which entries of a long record stay where there is room for fewer: the newest, and of those before some, evenly spaced.

/** Of `length` entries at most `most`, in their order. The newer half of them has no gaps: it is what a run that goes on is judged by. */
export function thinned(length: number, most: number): readonly number[] {
  if (length <= most) return Array.from({ length }, (_, i) => i);
  const newest = Math.ceil(most / 2);
  const older = length - newest;
  const spaced = most - newest;
  return Array.from({ length: most }, (_, i) => (i < spaced ? Math.floor((i * older) / spaced) : older + i - spaced));
}
