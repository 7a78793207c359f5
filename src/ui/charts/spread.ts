// Places labels in one column without overlap, each as near as possible to its own place.

export interface Box {
  /** Where its upper edge would best be. */
  readonly top: number;
  readonly height: number;
}

interface Pile {
  readonly boxes: readonly Box[];
  readonly height: number;
  /** Of its upper edge, from where the mean of its boxes would best be. */
  readonly top: number;
}

/**
 * The upper edge of each box: none overlaps, all are between `low` and `high` if they fit there, and their order stays.
 */
export function spread(boxes: readonly Box[], low: number, high: number): readonly number[] {
  const order = boxes.map((_, i) => i).sort((a, b) => (boxes[a]?.top ?? 0) - (boxes[b]?.top ?? 0));
  const piles: Pile[] = [];
  for (const i of order) {
    let pile = pileOf([boxes[i] as Box], low, high);
    // What it runs into joins it, and moves with it.
    for (let above = piles.at(-1); above !== undefined && above.top + above.height > pile.top; above = piles.at(-1)) {
      piles.pop();
      pile = pileOf([...above.boxes, ...pile.boxes], low, high);
    }
    piles.push(pile);
  }
  const tops = piles.flatMap(({ boxes: piled, top }) => {
    let next = top;
    return piled.map(({ height }) => {
      const here = next;
      next += height;
      return here;
    });
  });
  const placed: number[] = new Array(boxes.length);
  order.forEach((i, place) => {
    placed[i] = tops[place] ?? low;
  });
  return placed;
}

function pileOf(boxes: readonly Box[], low: number, high: number): Pile {
  let height = 0;
  let wanted = 0;
  for (const box of boxes) {
    wanted += box.top - height;
    height += box.height;
  }
  return { boxes, height, top: Math.max(low, Math.min(high - height, wanted / boxes.length)) };
}
