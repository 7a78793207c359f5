// Convolutions to one channel: a product with all taps at once, whose results are then added at their positions.
import { tileBytes, ToOneChannelArguments } from './layout';
import { gatheredTile } from './tile';

export function toOneChannel(args: usize, item: i32, scratch: usize): void {
  const a = changetype<ToOneChannelArguments>(args);
  const positions = a.height * a.width;
  const taps = a.kernel * a.kernel;
  const panelCount = (taps + 7) >> 3;
  const rowBytes = (<usize>a.depth) << 2;
  const base = <usize>a.input + <usize>item * <usize>positions * rowBytes;
  const pointers = scratch;
  const tile = scratch + 16;
  // [panel][position][8]
  const products = tile + tileBytes;
  const planeBytes = (<usize>((positions + 3) & ~3)) << 5;
  for (let t = 0; t < positions; t += 4) {
    for (let i = 0; i < 4; i++) {
      store<u32>(pointers + ((<usize>i) << 2), <u32>(base + <usize>min(t + i, positions - 1) * rowBytes));
    }
    for (let p = 0; p < panelCount; p++) {
      const panel = <usize>a.panels + <usize>p * ((<usize>a.depth) << 5);
      gatheredTile(pointers, 1, a.depth, panel, products + <usize>p * planeBytes + ((<usize>t) << 5));
    }
  }
  const output = <usize>a.output + ((<usize>(item * positions)) << 2);
  const bias = a.bias ? load<f32>(<usize>a.bias) : <f32>0;
  for (let p = 0; p < positions; p++) store<f32>(output + ((<usize>p) << 2), bias);
  for (let ky = 0; ky < a.kernel; ky++) {
    for (let kx = 0; kx < a.kernel; kx++) {
      const tap = ky * a.kernel + kx;
      const plane = products + <usize>(tap >> 3) * planeBytes + ((<usize>(tap & 7)) << 2);
      const down = ky - a.before;
      const right = kx - a.before;
      const left = max(0, -right);
      const end = min(a.width, a.width - right);
      for (let y = max(0, -down); y < min(a.height, a.height - down); y++) {
        let to = output + ((<usize>(y * a.width + left)) << 2);
        let from = plane + ((<usize>((y + down) * a.width + left + right)) << 5);
        for (let x = left; x < end; x++) {
          store<f32>(to, load<f32>(to) + load<f32>(from));
          to += 4;
          from += 32;
        }
      }
    }
  }
}
