// A filter's gradient: for each tap the sum, over images and positions, of input numbers times gradient numbers.
import { FilterGradientArguments, PackGradientArguments, SpreadGradientArguments, tileBytes } from './layout';
import { outerTile } from './tile';

export function packGradient(args: usize, item: i32): void {
  const a = changetype<PackGradientArguments>(args);
  const panels = (a.columns + 7) >> 3;
  let to = <usize>a.target + ((<usize>item * panels * a.positions) << 5);
  const base = <usize>a.dy + ((<usize>item * a.positions * a.columns) << 2);
  const stride = (<usize>a.columns) << 2;
  for (let panel = 0; panel < panels; panel++) {
    const width = min(8, a.columns - (panel << 3));
    let from = base + ((<usize>panel) << 5);
    for (let p = 0; p < a.positions; p++) {
      if (width === 8) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      } else {
        for (let n = 0; n < 8; n++) {
          store<f32>(to + ((<usize>n) << 2), n < width ? load<f32>(from + ((<usize>n) << 2)) : 0);
        }
      }
      from += stride;
      to += 32;
    }
  }
}

export function spreadGradient(args: usize, item: i32): void {
  const a = changetype<SpreadGradientArguments>(args);
  const positions = a.height * a.width;
  const taps = a.kernel * a.kernel;
  const panels = (taps + 7) >> 3;
  const bytes = (<usize>panels * positions) << 5;
  const target = <usize>a.target + <usize>item * bytes;
  memory.fill(target, 0, bytes);
  const dy = <usize>a.dy + ((<usize>(item * positions)) << 2);
  for (let ky = 0; ky < a.kernel; ky++) {
    for (let kx = 0; kx < a.kernel; kx++) {
      const tap = ky * a.kernel + kx;
      const plane = target + ((<usize>(tap >> 3) * positions) << 5) + ((<usize>(tap & 7)) << 2);
      const down = a.before - ky;
      const right = a.before - kx;
      const left = max(0, -right);
      const end = min(a.width, a.width - right);
      for (let y = max(0, -down); y < min(a.height, a.height - down); y++) {
        let from = dy + ((<usize>((y + down) * a.width + left + right)) << 2);
        let to = plane + ((<usize>(y * a.width + left)) << 5);
        for (let x = left; x < end; x++) {
          store<f32>(to, load<f32>(from));
          from += 4;
          to += 32;
        }
      }
    }
  }
}

export function filterGradient(args: usize, item: i32, scratch: usize): void {
  const a = changetype<FilterGradientArguments>(args);
  const group = item % a.groups;
  const channel = (item / a.groups) << 2;
  const firstRow = (group * a.kernel) / a.groups;
  const lastRow = ((group + 1) * a.kernel) / a.groups;
  const panels = (a.columns + 7) >> 3;
  const tiles = scratch;
  const tileCount = panels * (lastRow - firstRow) * a.kernel;
  const padded = tiles + <usize>tileCount * tileBytes;
  memory.fill(tiles, 0, <usize>tileCount * tileBytes + ((<usize>a.paddedHeight * a.paddedWidth) << 4));
  const step = (<usize>a.stride) << 4;
  const row = (<usize>a.stride * a.paddedWidth) << 4;
  const panelBytes = (<usize>a.outHeight * a.outWidth) << 5;
  for (let image = 0; image < a.batch; image++) {
    pad(a, image, channel, padded);
    for (let panel = 0; panel < panels; panel++) {
      const b = <usize>a.gradient + <usize>(image * panels + panel) * panelBytes;
      let tile = tiles + <usize>(panel * (lastRow - firstRow) * a.kernel) * tileBytes;
      for (let ky = firstRow; ky < lastRow; ky++) {
        for (let kx = 0; kx < a.kernel; kx++) {
          const from = padded + ((<usize>(ky * a.paddedWidth + kx)) << 4);
          outerTile(from, step, row, b, a.outHeight, a.outWidth, tile);
          tile += tileBytes;
        }
      }
    }
  }
  const width = min(4, a.depth - channel);
  let tile = tiles;
  for (let panel = 0; panel < panels; panel++) {
    const columns = min(8, a.columns - (panel << 3));
    for (let ky = firstRow; ky < lastRow; ky++) {
      for (let kx = 0; kx < a.kernel; kx++) {
        for (let c = 0; c < width; c++) {
          for (let n = 0; n < columns; n++) {
            const place =
              (ky * a.kernel + kx) * a.tapStride + (channel + c) * a.depthStride + ((panel << 3) + n) * a.columnStride;
            const to = <usize>a.target + ((<usize>place) << 2);
            store<f32>(to, load<f32>(tile + ((<usize>c) << 5) + ((<usize>n) << 2)));
          }
        }
        tile += tileBytes;
      }
    }
  }
}

/** Copies 4 channels of an image into the middle of `padded`, whose edge stays zero. */
function pad(a: FilterGradientArguments, image: i32, channel: i32, padded: usize): void {
  const rowBytes = (<usize>a.depth) << 2;
  const width = min(4, a.depth - channel);
  let from = <usize>a.input + <usize>(image * a.height * a.width) * rowBytes + ((<usize>channel) << 2);
  for (let y = 0; y < a.height; y++) {
    let to = padded + ((<usize>((y + a.above) * a.paddedWidth + a.leftward)) << 4);
    for (let x = 0; x < a.width; x++) {
      if (width === 4) v128.store(to, v128.load(from));
      else for (let c: usize = 0; c < (<usize>width) << 2; c += 4) store<f32>(to + c, load<f32>(from + c));
      from += rowBytes;
      to += 16;
    }
  }
}
