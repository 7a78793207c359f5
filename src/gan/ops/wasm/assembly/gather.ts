// Convolutions in gathering form: each output position collects its inputs, tap by tap. A plain convolution is one phase;
// a transposed one of stride s is s² phases, each a small plain convolution that fills every s-th row and column.
import { gatheredTile } from './tile';

/** A filter as panels of 8 columns; columns beyond the last are zero. An item is one panel. */
@unmanaged
export class PanelArguments {
  source: u32;
  target: u32;
  /** i32 [taps]: the filter's taps in the order in which the panel wants them. */
  order: u32;
  taps: i32;
  depth: i32;
  columns: i32;
  /** Element (tap, c, n) is source[order[tap] · tapStride + c · depthStride + n · columnStride]. */
  tapStride: i32;
  depthStride: i32;
  columnStride: i32;
}

export function packPanel(args: usize, item: i32): void {
  const a = changetype<PanelArguments>(args);
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

/** One phase of a gathering convolution. */
@unmanaged
export class Phase {
  /** i32 [taps, 2]: where a tap reads, in rows and columns from the position's own. */
  taps: u32;
  tapCount: i32;
  /** Where its taps begin in the first panel, in an array [⌈columns/8⌉, all taps, depth, 8]. */
  panels: u32;
  /** The first output row and column. */
  top: i32;
  left: i32;
}

export enum After {
  /** + bias[n] */
  bias = 1,
  /** LeakyReLU */
  leaky = 2,
  /** · LeakyReLU′ at the output `gate` of an activation, which has the shape of this output. */
  gate = 4,
}

@unmanaged
export class GatherArguments {
  /** [batch, height, width, depth] */
  input: u32;
  height: i32;
  width: i32;
  depth: i32;
  /** [batch, outHeight, outWidth, columns] */
  output: u32;
  outHeight: i32;
  outWidth: i32;
  columns: i32;
  /** Steps from one position to the next, in the input and in the output. */
  inStride: i32;
  outStride: i32;
  phases: u32;
  phaseCount: i32;
  /** Taps of all phases, which lie one after the other in each panel. */
  panelTaps: i32;
  /** Panels are shared out in so many groups; an item is one image, one phase and one group. */
  groups: i32;
  /** After.bias | … */
  after: i32;
  bias: u32;
  gate: u32;
  slope: f32;
  /** At least `depth` zeros: what taps read beyond the edge. */
  zeros: u32;
  /** 1: all taps of a position are copied side by side first, which pays where the input has few channels. */
  copied: i32;
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
  const pointers = scratch + 128;
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

/** Fills the table of addresses for each tile of 4 positions, tap by tap; a tile that is not full repeats its last one. */
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
      const taps = <usize>phase.taps + ((<usize>tap) << 3);
      const y = row * a.inStride + load<i32>(taps);
      const x = column * a.inStride + load<i32>(taps, 4);
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

/** Finishes 8 numbers of one position and writes them, or as many of them as there are columns left. */
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
