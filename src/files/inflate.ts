// Unpacks what zips hold deflated (RFC 1951) into memory that was set aside before: never more of it, and never for ever.
// By hand, because fflate's Inflate takes what memory it likes, and on some damaged streams does not come to an end.

export type DeflateFault = 'damaged' | 'parts' | 'more' | 'longer' | 'shorter';

/** What is wrong with a stream. */
export class DeflateProblem extends Error {
  readonly fault: DeflateFault;
  /** How many bytes came out, of how many. */
  readonly found: number;
  readonly bytes: number;

  constructor(fault: DeflateFault, found = 0, bytes = 0) {
    super(`${fault}: ${found} of ${bytes} bytes`);
    this.fault = fault;
    this.found = found;
    this.bytes = bytes;
  }
}

const lengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163];
const longLengthBase = [195, 227, 258];
const lengths = Uint16Array.from([...lengthBase, ...longLengthBase]);
const lengthExtra = Uint8Array.from(lengths, (_, i) => (i < 8 || i === 28 ? 0 : (i >> 2) - 1));
const distanceExtra = Uint8Array.from({ length: 30 }, (_, i) => (i < 4 ? 0 : (i >> 1) - 1));
/** Each distance begins where the one before ends. */
const distances = distanceExtra.reduce<number[]>((bases, _, i) => {
  bases.push(i === 0 ? 1 : (bases[i - 1] ?? 0) + (1 << (distanceExtra[i - 1] ?? 0)));
  return bases;
}, []);
/** In which order a block lists the lengths of the codes in which it lists the lengths of its codes. */
const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const endOfBlock = 256;

/**
 * Blocks cost time, also where they hold nothing, so there may be no more of them than packers make. zlib puts 127 bytes into one
 * where it has the least memory; who has all written out that is there makes an empty one behind it.
 */
const leastInBlock = 64;
const fewBlocks = 64;

/** So many bits are looked up at once. Few codes are longer, and a table for all 15 would cost more to make than most blocks to read. */
const rootBits = 9;

/** A prefix code. Those of the same length follow one another, in the order of their symbols (RFC 1951, 3.2.2). */
interface Code {
  /** How many bits `table` is for: those of the longest code, `rootBits` at most. */
  readonly bits: number;
  /** The next `bits` bits of the stream give symbol × 16 + the code's own length, or 0 for none or a longer one. */
  readonly table: Uint16Array;
  /** How many codes there are of each length. */
  readonly counts: Uint16Array;
  /** In the order of their codes. */
  readonly symbols: Uint16Array;
}

const damaged = (): never => {
  throw new DeflateProblem('damaged');
};

/** @param sizes the length of each symbol's code, 0 where it has none */
function codeOf(sizes: Uint8Array): Code {
  const counts = new Uint16Array(16);
  for (const size of sizes) if (size > 0) counts[size] = (counts[size] as number) + 1;
  /** Of each length: where its symbols begin. */
  const starts = new Uint16Array(17);
  /** Codes that the lengths so far leave free. */
  let free = 1;
  let longest = 0;
  for (let size = 1; size < 16; size++) {
    const count = counts[size] as number;
    starts[size + 1] = (starts[size] as number) + count;
    free = 2 * free - count;
    if (free < 0) damaged();
    if (count > 0) longest = size;
  }
  // A code with gaps is damaged, but for the one that zlib writes where there is a single distance.
  if (longest > 1 && free > 0) damaged();
  const symbols = new Uint16Array(starts[16] as number);
  for (let symbol = 0; symbol < sizes.length; symbol++) {
    const size = sizes[symbol] as number;
    if (size === 0) continue;
    symbols[starts[size] as number] = symbol;
    starts[size] = (starts[size] as number) + 1;
  }
  const bits = Math.min(longest, rootBits);
  const table = new Uint16Array(1 << bits);
  let code = 0;
  let at = 0;
  for (let size = 1; size <= bits; size++) {
    for (let left = counts[size] as number; left > 0; left--) {
      // The stream gives a code's bits first to last into the lowest places.
      let reversed = 0;
      for (let bit = 0; bit < size; bit++) reversed |= ((code >> bit) & 1) << (size - 1 - bit);
      const entry = ((symbols[at++] as number) << 4) | size;
      for (let place = reversed; place < table.length; place += 1 << size) table[place] = entry;
      code += 1;
    }
    code <<= 1;
  }
  return { bits, table, counts, symbols };
}

const fixedLiterals = codeOf(Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)));
const fixedDistances = codeOf(new Uint8Array(32).fill(5));

/**
 * Fills `into` from the start of a stream. Time and memory are bounded by the two lengths.
 * @param isPart whether the stream may go on after `into` is full
 * @throws DeflateProblem if it is damaged; unless `isPart`, also if it gives another number of bytes, or goes on behind its end.
 */
export function inflateInto(into: Uint8Array, packed: Uint8Array, isPart: boolean): void {
  let at = 0;
  let hold = 0;
  let held = 0;
  let filled = 0;

  const load = (count: number): void => {
    while (held < count) {
      if (at >= packed.length) damaged();
      hold |= (packed[at++] as number) << held;
      held += 8;
    }
  };
  const take = (count: number): number => {
    load(count);
    const value = hold & ((1 << count) - 1);
    hold >>>= count;
    held -= count;
    return value;
  };
  const symbolOf = (code: Code): number => {
    const { bits, table } = code;
    // The last codes of a stream may be shorter than what is looked up: what is missing counts as zeros.
    while (held < bits && at < packed.length) {
      hold |= (packed[at++] as number) << held;
      held += 8;
    }
    const found = table[hold & ((1 << bits) - 1)] as number;
    const size = found & 15;
    if (size === 0) return longSymbolOf(code);
    if (size > held) damaged();
    hold >>>= size;
    held -= size;
    return found >> 4;
  };
  /** Bit by bit, for what the table does not have: a code is the first of its length, or so many behind it. */
  const longSymbolOf = ({ counts, symbols }: Code): number => {
    let code = 0;
    let first = 0;
    let before = 0;
    for (let size = 1; size < 16; size++) {
      const count = counts[size] as number;
      code |= take(1);
      if (code < first + count) return symbols[before + code - first] as number;
      before += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return damaged();
  };

  /** @returns false when `into` is full and that is enough */
  const hasRoom = (count: number): boolean => {
    if (filled + count <= into.length) return true;
    if (!isPart) throw new DeflateProblem('longer', into.length, into.length);
    return false;
  };

  const copyStored = (): boolean => {
    // To the next whole byte; those that are held already are given back.
    at -= held >> 3;
    hold = held = 0;
    const count = take(16);
    if ((take(16) ^ 0xffff) !== count || at + count > packed.length) damaged();
    const isAll = hasRoom(count);
    const copied = isAll ? count : into.length - filled;
    into.set(packed.subarray(at, at + copied), filled);
    at += count;
    filled += copied;
    return isAll;
  };

  const copyCoded = (literals: Code, distanceCode: Code): boolean => {
    for (;;) {
      const symbol = symbolOf(literals);
      if (symbol === endOfBlock) return true;
      if (symbol < endOfBlock) {
        if (!hasRoom(1)) return false;
        into[filled++] = symbol;
        continue;
      }
      const i = symbol - endOfBlock - 1;
      if (i >= lengths.length) damaged();
      const count = (lengths[i] as number) + take(lengthExtra[i] as number);
      const which = symbolOf(distanceCode);
      if (which >= distances.length) damaged();
      const distance = (distances[which] as number) + take(distanceExtra[which] as number);
      if (distance > filled) damaged();
      const isAll = hasRoom(count);
      // One by one: a distance shorter than the count repeats what has just been written.
      for (const end = isAll ? filled + count : into.length; filled < end; filled++) {
        into[filled] = into[filled - distance] as number;
      }
      if (!isAll) return false;
    }
  };

  const readCodes = (): [Code, Code] => {
    const literals = take(5) + 257;
    const all = literals + take(5) + 1;
    const listed = take(4) + 4;
    const listSizes = new Uint8Array(19);
    for (let i = 0; i < listed; i++) listSizes[order[i] as number] = take(3);
    const list = codeOf(listSizes);
    const sizes = new Uint8Array(all);
    for (let i = 0; i < all; ) {
      const symbol = symbolOf(list);
      if (symbol < 16) {
        sizes[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) damaged();
      const repeated = symbol === 16 ? (sizes[i - 1] as number) : 0;
      const count = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7);
      if (i + count > all) damaged();
      sizes.fill(repeated, i, i + count);
      i += count;
    }
    if (sizes[endOfBlock] === 0) damaged();
    return [codeOf(sizes.subarray(0, literals)), codeOf(sizes.subarray(literals))];
  };

  let blocks = 0;
  for (let isLast = false; !isLast; ) {
    if (blocks++ > fewBlocks + filled / leastInBlock) {
      throw new DeflateProblem('parts');
    }
    isLast = take(1) === 1;
    const kind = take(2);
    if (kind === 3) damaged();
    const goesOn = kind === 0 ? copyStored() : copyCoded(...(kind === 1 ? fixedCodes : readCodes()));
    if (!goesOn) return;
  }
  if (isPart && filled === into.length) return;
  if (at - (held >> 3) < packed.length) throw new DeflateProblem('more');
  if (filled < into.length) {
    throw new DeflateProblem('shorter', filled, into.length);
  }
}

const fixedCodes: [Code, Code] = [fixedLiterals, fixedDistances];
