// Convolutions in gathering form: each output position collects its inputs, tap by tap. A plain convolution is one
// phase; a transposed one of stride s is s² phases, each a small plain convolution that computes every s-th row and
// column.
import { After, GatherArguments, Offset, PackPanelArguments, Phase, tileBytes } from './layout';
import { gatheredTile } from './tile';

export function packPanel(args: usize, item: i32): void {
  const a = changetype<PackPanelArguments>(args);
  const first = item * 8;
  const width = min(8, a.columns - first);
  const columnBytes = (<usize>a.columnStride) << 2;
  let to = <usize>a.target + ((<usize>item * a.taps * a.depth) << 5);
  for (let tap = 0; tap < a.taps; tap++) {
    const place = load<i32>(<usize>a.order + ((<usize>tap) << 2)) * a.tapStride + first * a.columnStride;
    let from = <usize>a.source + ((<usize>place) << 2);
    for (let c = 0; c < a.depth; c++) {
      if (width === 8 && a.columnStride === 1) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      } else {
        let at = from;
        for (let n = 0; n < 8; n++) {
          store<f32>(to + ((<usize>n) << 2), n < width ? load<f32>(at) : 0);
          at += columnBytes;
        }
      }
      from += (<usize>a.depthStride) << 2;
      to += 32;
    }
  }
}

export function gather(args: usize, item: i32, scratch: usize): void {
  const a = changetype<GatherArguments>(args);
  const group = item % a.groups;
  const rest = item / a.groups;
  const phase = changetype<Phase>(<usize>a.phases + <usize>(rest % a.phaseCount) * offsetof<Phase>());
  const image = rest / a.phaseCount;
  const rows = (a.outHeight - phase.top + a.outStride - 1) / a.outStride;
  const columns = (a.outWidth - phase.left + a.outStride - 1) / a.outStride;
  const positions = rows * columns;
  const tiles = (positions + 3) >> 2;
  if (positions <= 0) return;

  const tile = scratch;
  const pointers = scratch + tileBytes;
  const pieces = a.copied ? 1 : phase.tapCount;
  const depth = a.copied ? phase.tapCount * a.depth : a.depth;
  point(a, phase, image, columns, positions, tiles, pointers);

  const panelCount = (a.columns + 7) >> 3;
  const panelBytes = (<usize>(a.panelTaps * a.depth)) << 5;
  const last = ((group + 1) * panelCount) / a.groups;
  for (let p = (group * panelCount) / a.groups; p < last; p++) {
    const panel = <usize>phase.panels + <usize>p * panelBytes;
    let row = 0;
    let column = 0;
    for (let t = 0; t < tiles; t++) {
      gatheredTile(pointers + ((<usize>t * pieces) << 4), pieces, depth, panel, tile);
      const count = min(4, positions - (t << 2));
      for (let i = 0; i < count; i++) {
        const y = phase.top + row * a.outStride;
        const x = phase.left + column * a.outStride;
        const place = <usize>((image * a.outHeight + y) * a.outWidth + x) * a.columns + ((<usize>p) << 3);
        put(a, tile + ((<usize>i) << 5), place << 2, p << 3);
        if (++column === columns) {
          column = 0;
          row++;
        }
      }
    }
  }
}

/**
 * Fills the table of addresses for each tile of 4 positions, tap by tap; a tile that is not full repeats its last one.
 */
function point(
  a: GatherArguments,
  phase: Phase,
  image: i32,
  columns: i32,
  positions: i32,
  tiles: i32,
  pointers: usize,
): void {
  const pieces = a.copied ? 1 : phase.tapCount;
  const copies = pointers + ((<usize>tiles * pieces) << 4);
  const rowBytes = (<usize>a.depth) << 2;
  const base = <usize>a.input + <usize>(image * a.height * a.width) * rowBytes;
  let row = 0;
  let column = 0;
  for (let p = 0; p < tiles << 2; p++) {
    let at = pointers + ((<usize>(p >> 2) * pieces) << 4) + ((<usize>(p & 3)) << 2);
    const copy = copies + <usize>p * <usize>phase.tapCount * rowBytes;
    for (let tap = 0; tap < phase.tapCount; tap++) {
      const offset = changetype<Offset>(<usize>phase.taps + <usize>tap * offsetof<Offset>());
      const y = row * a.inStride + offset.row;
      const x = column * a.inStride + offset.column;
      const inside = <u32>y < <u32>a.height && <u32>x < <u32>a.width;
      const from = inside ? base + <usize>(y * a.width + x) * rowBytes : <usize>a.zeros;
      if (a.copied) {
        const to = copy + <usize>tap * rowBytes;
        for (let c: usize = 0; c < rowBytes; c += 4) store<f32>(to + c, load<f32>(from + c));
      } else {
        store<u32>(at, <u32>from);
        at += 16;
      }
    }
    if (a.copied) store<u32>(at, <u32>copy);
    if (p + 1 < positions && ++column === columns) {
      column = 0;
      row++;
    }
  }
}

/** Applies `after` to 8 numbers of one position and stores them, or as many of them as there are columns left. */
@inline
function put(a: GatherArguments, from: usize, place: usize, first: i32): void {
  const width = a.columns - first;
  const to = <usize>a.output + place;
  if (width >= 8) {
    let low = v128.load(from);
    let high = v128.load(from, 16);
    if (a.after & After.bias) {
      const bias = <usize>a.bias + ((<usize>first) << 2);
      low = f32x4.add(low, v128.load(bias));
      high = f32x4.add(high, v128.load(bias, 16));
    }
    if (a.after & After.leaky) {
      low = leaky(low, low, a.slope);
      high = leaky(high, high, a.slope);
    }
    if (a.after & After.gate) {
      const gate = <usize>a.gate + place;
      low = leaky(low, v128.load(gate), a.slope);
      high = leaky(high, v128.load(gate, 16), a.slope);
    }
    v128.store(to, low);
    v128.store(to, high, 16);
    return;
  }
  for (let n = 0; n < width; n++) {
    const at = (<usize>n) << 2;
    let value = load<f32>(from + at);
    if (a.after & After.bias) value += load<f32>(<usize>a.bias + ((<usize>first) << 2) + at);
    if (a.after & After.leaky && value <= 0) value *= a.slope;
    if (a.after & After.gate && load<f32>(<usize>a.gate + place + at) <= 0) value *= a.slope;
    store<f32>(to + at, value);
  }
}

/** value where `sign` is positive, value · slope elsewhere. */
@inline
export function leaky(value: v128, sign: v128, slope: f32): v128 {
  const positive = f32x4.gt(sign, f32x4.splat(0));
  return v128.bitselect(value, f32x4.mul(value, f32x4.splat(slope)), positive);
}
