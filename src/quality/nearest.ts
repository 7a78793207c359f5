// The real image that a picture is nearest to, and how near that is for an image: whether a generator copies.

const pixels = 28 * 28;
const side = 28;

/** Rows from the middle outwards: where ink is, two images differ soonest. */
const rowOrder = Array.from({ length: side }, (_, i) => side / 2 + (i % 2 === 0 ? i / 2 : -(i + 1) / 2));

/** Images compared before others are let in: a few milliseconds. */
const imagesPerPiece = 8_192;

/** Real images whose nearest other is looked for, evenly spread; their median is steady to some percent. */
const typicalSamples = 32;

type Between = () => Promise<void>;

export interface Nearest {
  /** The real image, 28×28, 0 to 255: a copy, so that it can be transferred. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Euclidean, of pixels from 0 to 1. */
  readonly distance: number;
  /**
   * The median distance from a real image to the nearest other one; 0 where they are all alike, or there is only one.
   */
  readonly typical: number;
}

/** What is typical of a dataset: worked out once. */
const typicalDistances = new WeakMap<Uint8Array, number>();

/**
 * Compares a picture [28, 28] with all images [n, 28, 28], n at least 1, both 0 to 255. The first of equals wins.
 * The first question about a dataset takes `typicalSamples` times as long as the next: it finds out what is typical.
 * @param between called between two pieces of the work; what it throws ends the search
 */
export async function nearestReal(
  picture: Uint8Array,
  images: Uint8Array,
  between: Between = async () => {},
): Promise<Nearest> {
  const { index, squared } = await search(picture, images, -1, between);
  let typical = typicalDistances.get(images);
  if (typical === undefined) {
    typical = await typicalDistance(images, between);
    typicalDistances.set(images, typical);
  }
  return { pixels: images.slice(index * pixels, (index + 1) * pixels), distance: toDistance(squared), typical };
}

const toDistance = (squared: number): number => Math.sqrt(squared) / 255;

async function typicalDistance(images: Uint8Array, between: Between): Promise<number> {
  const count = images.length / pixels;
  if (count < 2) return 0;
  const found: number[] = [];
  const samples = Math.min(count, typicalSamples);
  for (let sample = 0; sample < samples; sample++) {
    const self = Math.floor((sample * count) / samples);
    await between();
    const image = images.subarray(self * pixels, (self + 1) * pixels);
    found.push((await search(image, images, self, between)).squared);
  }
  found.sort((a, b) => a - b);
  const middle = (found.length - 1) / 2;
  return (toDistance(found[Math.floor(middle)] ?? 0) + toDistance(found[Math.ceil(middle)] ?? 0)) / 2;
}

/** The image nearest to `picture` by the squared distance in grey steps, that at `except` left out. */
async function search(
  picture: Uint8Array,
  images: Uint8Array,
  except: number,
  between: Between,
): Promise<{ index: number; squared: number }> {
  const count = images.length / pixels;
  const nearest = { index: 0, squared: Number.POSITIVE_INFINITY };
  for (let from = 0; from < count; from += imagesPerPiece) {
    if (from > 0) await between();
    const to = Math.min(count, from + imagesPerPiece);
    for (let index = from; index < to; index++) {
      if (index === except) continue;
      const squared = squaredDistance(picture, images, index * pixels, nearest.squared);
      if (squared < nearest.squared) {
        nearest.index = index;
        nearest.squared = squared;
      }
    }
  }
  return nearest;
}

/** Up to where it is known to be no less than `limit`: the rest is not looked at. */
function squaredDistance(picture: Uint8Array, images: Uint8Array, start: number, limit: number): number {
  let sum = 0;
  for (const row of rowOrder) {
    for (let p = row * side; p < (row + 1) * side; p++) {
      const difference = (picture[p] ?? 0) - (images[start + p] ?? 0);
      sum += difference * difference;
    }
    if (sum >= limit) return sum;
  }
  return sum;
}
