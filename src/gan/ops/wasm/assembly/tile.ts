// The core of every matrix product here: a tile of 4 rows and 8 columns, held in registers during the loop over depth.

/** a · b + c; in one instruction where the module is built for it. */
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(c, f32x4.mul(a, b));
}

/** Stores a tile row by row, the halves of a row one after the other. */
@inline
function storeTile(
  out: usize,
  c00: v128,
  c01: v128,
  c10: v128,
  c11: v128,
  c20: v128,
  c21: v128,
  c30: v128,
  c31: v128,
): void {
  v128.store(out, c00);
  v128.store(out, c01, 16);
  v128.store(out, c10, 32);
  v128.store(out, c11, 48);
  v128.store(out, c20, 64);
  v128.store(out, c21, 80);
  v128.store(out, c30, 96);
  v128.store(out, c31, 112);
}

/**
 * The product of 4 gathered rows with a panel. `pointers` holds, for each of `pieces`, the addresses of 4 × `depth`
 * numbers; `panel` holds pieces · depth rows of 8 numbers. The tile goes to `out`, row by row.
 */
export function gatheredTile(pointers: usize, pieces: i32, depth: i32, panel: usize, out: usize): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const bytes = (<usize>depth) << 2;
  let b = panel;
  for (let piece = 0; piece < pieces; piece++) {
    let a0 = <usize>load<u32>(pointers);
    const end = a0 + bytes;
    // The other rows as distances from the first, so that one counter moves all four.
    const a1 = <usize>load<u32>(pointers, 4) - a0;
    const a2 = <usize>load<u32>(pointers, 8) - a0;
    const a3 = <usize>load<u32>(pointers, 12) - a0;
    pointers += 16;
    while (a0 < end) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let s = v128.load32_splat(a0);
      c00 = multiplyAdd(s, b0, c00);
      c01 = multiplyAdd(s, b1, c01);
      s = v128.load32_splat(a0 + a1);
      c10 = multiplyAdd(s, b0, c10);
      c11 = multiplyAdd(s, b1, c11);
      s = v128.load32_splat(a0 + a2);
      c20 = multiplyAdd(s, b0, c20);
      c21 = multiplyAdd(s, b1, c21);
      s = v128.load32_splat(a0 + a3);
      c30 = multiplyAdd(s, b0, c30);
      c31 = multiplyAdd(s, b1, c31);
      a0 += 4;
      b += 32;
    }
  }
  storeTile(out, c00, c01, c10, c11, c20, c21, c30, c31);
}

/**
 * Adds to the tile at `out` the sum over a grid of positions of (4 numbers at `a`) × (8 numbers at `b`). The 8 of a
 * position follow those of the position before; the 4 are `aStep` bytes apart within a row of the grid, and `aRow`
 * between rows.
 */
export function outerTile(a: usize, aStep: usize, aRow: usize, b: usize, rows: i32, columns: i32, out: usize): void {
  let c00 = v128.load(out);
  let c01 = v128.load(out, 16);
  let c10 = v128.load(out, 32);
  let c11 = v128.load(out, 48);
  let c20 = v128.load(out, 64);
  let c21 = v128.load(out, 80);
  let c30 = v128.load(out, 96);
  let c31 = v128.load(out, 112);
  const rowBytes = (<usize>columns) << 5;
  for (let row = 0; row < rows; row++) {
    let at = a;
    const end = b + rowBytes;
    while (b < end) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let s = v128.load32_splat(at);
      c00 = multiplyAdd(s, b0, c00);
      c01 = multiplyAdd(s, b1, c01);
      s = v128.load32_splat(at, 4);
      c10 = multiplyAdd(s, b0, c10);
      c11 = multiplyAdd(s, b1, c11);
      s = v128.load32_splat(at, 8);
      c20 = multiplyAdd(s, b0, c20);
      c21 = multiplyAdd(s, b1, c21);
      s = v128.load32_splat(at, 12);
      c30 = multiplyAdd(s, b0, c30);
      c31 = multiplyAdd(s, b1, c31);
      at += aStep;
      b += 32;
    }
    a += aRow;
  }
  storeTile(out, c00, c01, c10, c11, c20, c21, c30, c31);
}
