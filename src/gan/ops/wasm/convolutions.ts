// Convolutions and their gradients as jobs for the compiled kernels.
import { phaseTaps, samePadding } from '../base/geometry.ts';
import type { Placed, WasmJobs } from './jobs.ts';
import { bytesOf, after as flag, sizes, structs, writeWords } from './layout.ts';

type Dimensions = [number, number, number, number];
const dimensions = (tensor: Placed): Dimensions => tensor.shape as Dimensions;

/** What happens to a result before it is stored. 0: absent. */
export interface After {
  readonly bias: number;
  readonly gate: number;
  readonly leakySlope: number | undefined;
}

const flagsOf = ({ bias, gate, leakySlope }: After): number =>
  (bias ? flag.bias : 0) | (gate ? flag.gate : leakySlope === undefined ? 0 : flag.leaky);

/** Below so many channels a position's taps are copied side by side: the inner loop would be too short. */
const fewChannels = 8;
/** The addresses of a tile's 4 rows. */
const addressesBytes = 16;
/** Items for each thread, so that none waits long for the last one. */
const itemsPerThread = 4;

interface PhasePlan {
  readonly top: number;
  readonly left: number;
  /** Of each tap: its offset in rows and columns from the position, and its place in the filter. */
  readonly taps: readonly (readonly [row: number, column: number, place: number])[];
}

interface FilterStrides {
  readonly tap: number;
  readonly depth: number;
  readonly column: number;
}

function gather(
  jobs: WasmJobs,
  input: Placed,
  output: Placed,
  filter: Placed,
  strides: FilterStrides,
  phases: readonly PhasePlan[],
  [inStride, outStride]: readonly [number, number],
  after: After,
): void {
  const [batch, height, width, depth] = dimensions(input);
  const [, outHeight, outWidth, columns] = dimensions(output);
  const panelCount = Math.ceil(columns / 8);
  const panelTaps = phases.reduce((sum, { taps }) => sum + taps.length, 0);
  const panels = jobs.panels(panelCount * 8 * panelTaps * depth);
  const zeros = jobs.zeros(depth);
  const order = phases.flatMap(({ taps }) => taps.map(([, , place]) => place));
  const [phaseBytes, offsetBytes] = [bytesOf(structs.phase), bytesOf(structs.offset)];
  const tables = jobs.tables(order.length * 4, panelTaps * offsetBytes, phases.length * phaseBytes);
  const [orderAt, offsetsAt, phasesAt] = tables;
  jobs.words(orderAt, order.length).set(order);
  let before = 0;
  for (const [i, { taps, top, left }] of phases.entries()) {
    const firstOffset = offsetsAt + before * offsetBytes;
    for (const [t, [row, column]] of taps.entries()) {
      writeWords(structs.offset, jobs.memory, firstOffset + t * offsetBytes, { row, column });
    }
    writeWords(structs.phase, jobs.memory, phasesAt + i * phaseBytes, {
      taps: firstOffset,
      tapCount: taps.length,
      panels: panels + before * depth * 32,
      top,
      left,
    });
    before += taps.length;
  }
  jobs.run('packPanel', panelCount, {
    source: filter.address,
    target: panels,
    order: orderAt,
    taps: panelTaps,
    depth,
    columns,
    tapStride: strides.tap,
    depthStride: strides.depth,
    columnStride: strides.column,
  });
  const copied = depth < fewChannels;
  const mostTaps = Math.max(...phases.map(({ taps }) => taps.length));
  const positions = 4 * Math.ceil((Math.ceil(outHeight / outStride) * Math.ceil(outWidth / outStride)) / 4);
  const scratch = sizes.tileBytes + positions * 4 * (copied ? 1 + mostTaps * depth : mostTaps);
  const wanted = Math.ceil((itemsPerThread * jobs.threads) / (batch * phases.length));
  const groups = Math.max(1, Math.min(panelCount, wanted));
  jobs.run(
    'gather',
    batch * phases.length * groups,
    {
      input: input.address,
      height,
      width,
      depth,
      output: output.address,
      outHeight,
      outWidth,
      columns,
      inStride,
      outStride,
      phases: phasesAt,
      phaseCount: phases.length,
      panelTaps,
      groups,
      after: flagsOf(after),
      bias: after.bias,
      gate: after.gate,
      slope: after.leakySlope ?? 0,
      zeros,
      copied: copied ? 1 : 0,
    },
    scratch,
  );
}

/** x [b, h, w, in], filter [k, k, in, out] → output [b, ⌈h/stride⌉, ⌈w/stride⌉, out]. */
export function conv2d(jobs: WasmJobs, x: Placed, filter: Placed, output: Placed, stride: number, after: After): void {
  const [batch, height, width, channels] = dimensions(x);
  const [kernelHeight, kernelWidth, , outChannels] = dimensions(filter);
  const vertical = samePadding(height, kernelHeight, stride).before;
  const horizontal = samePadding(width, kernelWidth, stride).before;
  const square = kernelHeight === kernelWidth && vertical === horizontal;
  if (
    outChannels === 1 &&
    stride === 1 &&
    square &&
    kernelHeight > 1 &&
    !after.gate &&
    after.leakySlope === undefined
  ) {
    toOneChannel(jobs, x, filter, output, vertical, after.bias);
    return;
  }
  const taps = Array.from({ length: kernelHeight * kernelWidth }, (_, place) => {
    const row = Math.floor(place / kernelWidth);
    return [row - vertical, (place % kernelWidth) - horizontal, place] as const;
  });
  const strides = { tap: channels * outChannels, depth: outChannels, column: 1 };
  if (batch > 0) gather(jobs, x, output, filter, strides, [{ top: 0, left: 0, taps }], [stride, 1], after);
}

function toOneChannel(jobs: WasmJobs, x: Placed, filter: Placed, output: Placed, before: number, bias: number): void {
  const [batch, height, width, channels] = dimensions(x);
  const [kernel] = dimensions(filter);
  const taps = kernel * kernel;
  const panelCount = Math.ceil(taps / 8);
  const panels = jobs.panels(panelCount * 8 * channels);
  const [order] = jobs.tables(4);
  jobs.words(order, 1).fill(0);
  // The taps take the role of the columns: element (c, tap) of the filter is filter[tap, c].
  jobs.run('packPanel', panelCount, {
    source: filter.address,
    target: panels,
    order,
    taps: 1,
    depth: channels,
    columns: taps,
    tapStride: 0,
    depthStride: 1,
    columnStride: channels,
  });
  const positions = 4 * Math.ceil((height * width) / 4);
  jobs.run(
    'toOneChannel',
    batch,
    { input: x.address, height, width, depth: channels, output: output.address, panels, kernel, before, bias },
    addressesBytes + sizes.tileBytes + panelCount * positions * 32,
  );
}

/** dy [b, ⌈h/stride⌉, ⌈w/stride⌉, out], filter [k, k, in, out] → output [b, h, w, in]. */
export function conv2dInputGradient(
  jobs: WasmJobs,
  dy: Placed,
  filter: Placed,
  output: Placed,
  stride: number,
  after: After,
): void {
  const [, height, width, channels] = dimensions(output);
  const [kernelHeight, kernelWidth, , outChannels] = dimensions(filter);
  const horizontal = phaseTaps(width, kernelWidth, stride);
  const phases = phaseTaps(height, kernelHeight, stride).flatMap((rows, top) =>
    horizontal.map((columns, left) => ({
      top,
      left,
      taps: rows.flatMap((row) =>
        columns.map((column) => [row.offset, column.offset, row.kernelRow * kernelWidth + column.kernelRow] as const),
      ),
    })),
  );
  const strides = { tap: channels * outChannels, depth: 1, column: outChannels };
  gather(jobs, dy, output, filter, strides, phases, [1, stride], after);
}

/** x [b, h, w, in], dy [b, ⌈h/stride⌉, ⌈w/stride⌉, out] → output [k, k, in, out]. */
export function conv2dFilterGradient(jobs: WasmJobs, x: Placed, dy: Placed, output: Placed, stride: number): void {
  const [batch, height, width, channels] = dimensions(x);
  const [, outHeight, outWidth, outChannels] = dimensions(dy);
  const [kernel] = dimensions(output);
  const before = samePadding(height, kernel, stride).before;
  const positions = outHeight * outWidth;
  // One output channel: the taps take the role of the channels, and what is left is a product over positions.
  const spread = outChannels === 1 && stride === 1 && kernel > 1;
  const columns = spread ? kernel * kernel : outChannels;
  const panelCount = Math.ceil(columns / 8);
  const gradient = jobs.gradient(batch * panelCount * positions * 8);
  if (spread) jobs.run('spreadGradient', batch, { dy: dy.address, target: gradient, height, width, kernel, before });
  else jobs.run('packGradient', batch, { dy: dy.address, target: gradient, positions, columns: outChannels });
  const taps = spread ? 1 : kernel;
  const above = spread ? 0 : before;
  const leftward = spread ? 0 : samePadding(width, kernel, stride).before;
  const paddedHeight = Math.max(above + height, (outHeight - 1) * stride + taps);
  const paddedWidth = Math.max(leftward + width, (outWidth - 1) * stride + taps);
  const quads = Math.ceil(channels / 4);
  const groups = Math.max(1, Math.min(taps, Math.ceil((itemsPerThread * jobs.threads) / quads)));
  jobs.run(
    'filterGradient',
    quads * groups,
    {
      input: x.address,
      batch,
      height,
      width,
      depth: channels,
      gradient,
      outHeight,
      outWidth,
      columns,
      kernel: taps,
      stride,
      above,
      leftward,
      paddedHeight,
      paddedWidth,
      target: output.address,
      tapStride: spread ? 0 : channels * outChannels,
      depthStride: spread ? 1 : outChannels,
      columnStride: spread ? channels : 1,
      groups,
    },
    panelCount * Math.ceil(taps / groups) * taps * sizes.tileBytes + paddedHeight * paddedWidth * 16,
  );
}
