// How much images differ from one another, in the pixels' space: two of the same class, or any two.

const pixels = 28 * 28;

/**
 * Images of a group that are compared, the first ones: 780 pairs, which tell a mean to within a percent or two; 10
 * groups of them take some 10 ms.
 */
const mostInGroup = 40;
/** The same where all images are one group: as many pairs as ten groups have. */
const mostOfAll = 125;

/** Mean distances between the images of a set. */
export interface Spread {
  /** For each group: how many pairs were compared, and their mean Euclidean distance (0 where there are none). */
  readonly groups: readonly { readonly pairs: number; readonly distance: number }[];
}

/**
 * The mean Euclidean distance of two images of the same group, from all pairs of the first ones of each.
 * @param images [n, 784], ink in 0 … 1
 * @param groups [n], 0 to below `count`; null: all are one group
 */
export function spreadOf(images: Float32Array, groups: Uint8Array | null, count: number): Spread {
  const total = images.length / pixels;
  const most = groups === null ? mostOfAll : mostInGroup;
  const members = Array.from({ length: groups === null ? 1 : count }, (): number[] => []);
  for (let image = 0; image < total; image++) {
    const group = members[groups?.[image] ?? 0];
    if (group && group.length < most) group.push(image);
  }
  return { groups: members.map((group) => meanDistance(images, group)) };
}

function meanDistance(images: Float32Array, group: readonly number[]): { pairs: number; distance: number } {
  const pairs = (group.length * (group.length - 1)) / 2;
  let sum = 0;
  for (const [at, a] of group.entries()) {
    for (const b of group.slice(0, at)) sum += distance(images, a, b);
  }
  return { pairs, distance: pairs === 0 ? 0 : sum / pairs };
}

function distance(images: Float32Array, a: number, b: number): number {
  let sum = 0;
  for (let p = 0; p < pixels; p++) {
    const difference = (images[a * pixels + p] ?? 0) - (images[b * pixels + p] ?? 0);
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

/** One grey step in one pixel: real images that differ by less do not differ. */
const least = 1 / 255;

/**
 * The mean distance of the generated images over that of the real ones, each group weighted by the generated pairs in
 * both: a generator that writes too many ones is not called less diverse because ones differ less than zeros. 1: as
 * diverse as real images; 0: in each group all alike. null where no group has two images on both sides.
 */
export function diversityOf(generated: Spread, real: Spread): number | null {
  let [ours, theirs, pairs] = [0, 0, 0];
  for (const [group, found] of generated.groups.entries()) {
    const known = real.groups[group];
    if (!known || known.pairs === 0) continue;
    ours += found.pairs * found.distance;
    theirs += found.pairs * known.distance;
    pairs += found.pairs;
  }
  return pairs === 0 ? null : ours / Math.max(theirs, pairs * least);
}
