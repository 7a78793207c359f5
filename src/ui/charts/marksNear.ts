// Which marks the cursor is at.
import type { Mark } from '../../config/marks.ts';

/** As a share of the steps shown: about the width of a sign. */
const reach = 1 / 80;

/** Those within reach, the nearest first, three at most. */
export const marksNear = (marks: readonly Mark[], step: number, shown: number): readonly Mark[] => {
  const distance = (mark: Mark): number => Math.abs(mark.step - step);
  const near = marks.filter((mark) => distance(mark) <= Math.max(0.5, shown * reach));
  return near.sort((a, b) => distance(a) - distance(b)).slice(0, 3);
};
