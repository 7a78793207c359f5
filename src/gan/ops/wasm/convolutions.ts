// Convolutions and their gradients as jobs for the compiled kernels.
import { phaseTaps, samePadding } from '../geometry.ts';
import { float, type Placed, type WasmKernels } from './kernels.ts';

type Dimensions = [number, number, number, number];
const dimensions = (tensor: Placed): Dimensions => tensor.shape as Dimensions;

/** What happens to a result before it is stored. 0: absent. */
export interface After {
  readonly bias: number;
  readonly gate: number;
  readonly leakySlope: number | undefined;
}

const flags = ({ bias, gate, leakySlope }: After): number =>
  (bias ? 1 : 0) + (gate ? 4 : leakySlope === undefined ? 0 : 2);

/** Below so many channels a position's taps are copied side by side: the inner loop would be too short. */
const fewChannels = 8;
/** Items for each thread, so that none waits long for the last one. */
const itemsPerThread = 4;

interface PhasePlan {
  readonly top: number;
  readonly left: number;
  /** Of each tap: rows and columns from a position's own, and its place in the filter. */
  readonly taps: readonly (readonly [row: number, column: number, place: number])[];
}

interface FilterStrides {
  readonly tap: number;
  readonly depth: number;
  readonly column: number;
}

function gather(
  kernels: WasmKernels,
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
  const panels = kernels.panels(panelCount * 8 * panelTaps * depth);
  const zeros = kernels.zeros(depth);
  const order = phases.flatMap(({ taps }) => taps.map(([, , place]) => place));
  const places = phases.flatMap(({ taps }) => taps.flatMap((tap) => tap.slice(0, 2)));
  const described = new Array<number>(phases.length * 5).fill(0);
  const [orderAt = 0, placesAt = 0, phasesAt = 0] = kernels.tables(order, places, described);
  let before = 0;
  for (const [i, { taps, top, left }] of phases.entries()) {
    kernels
      .words(phasesAt + i * 20, 5)
      .set([placesAt + before * 8, taps.length, panels + before * depth * 32, top, left]);
    before += taps.length;
  }
  kernels.run('packPanel', panelCount, [
    filter.address,
    panels,
    orderAt,
    panelTaps,
    depth,
    columns,
    strides.tap,
    strides.depth,
    strides.column,
  ]);
  const copied = depth < fewChannels;
  const mostTaps = Math.max(...phases.map(({ taps }) => taps.length));
  const positions = 4 * Math.ceil((Math.ceil(outHeight / outStride) * Math.ceil(outWidth / outStride)) / 4);
  const scratch = 128 + positions * 4 * (copied ? 1 + mostTaps * depth : mostTaps);
  const wanted = Math.ceil((itemsPerThread * kernels.threads) / (batch * phases.length));
  const groups = Math.max(1, Math.min(panelCount, wanted));
  kernels.run(
    'gather',
    batch * phases.length * groups,
    [
      input.address,
      height,
      width,
      depth,
      output.address,
      outHeight,
      outWidth,
      columns,
      inStride,
      outStride,
      phasesAt,
      phases.length,
      panelTaps,
      groups,
      flags(after),
      after.bias,
      after.gate,
      float(after.leakySlope ?? 0),
      zeros,
      copied ? 1 : 0,
    ],
    scratch,
  );
}

/** x [b, h, w, in], filter [k, k, in, out] → output [b, ⌈h/stride⌉, ⌈w/stride⌉, out]. */
export function conv2d(
  kernels: WasmKernels,
  x: Placed,
  filter: Placed,
  output: Placed,
  stride: number,
  after: After,
): void {
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
    toOneChannel(kernels, x, filter, output, vertical, after.bias);
    return;
  }
  const taps = Array.from({ length: kernelHeight * kernelWidth }, (_, place) => {
    const row = Math.floor(place / kernelWidth);
    return [row - vertical, (place % kernelWidth) - horizontal, place] as const;
  });
  const strides = { tap: channels * outChannels, depth: outChannels, column: 1 };
  if (batch > 0) gather(kernels, x, output, filter, strides, [{ top: 0, left: 0, taps }], [stride, 1], after);
}

function toOneChannel(
  kernels: WasmKernels,
  x: Placed,
  filter: Placed,
  output: Placed,
  before: number,
  bias: number,
): void {
  const [batch, height, width, channels] = dimensions(x);
  const [kernel] = dimensions(filter);
  const taps = kernel * kernel;
  const panelCount = Math.ceil(taps / 8);
  const panels = kernels.panels(panelCount * 8 * channels);
  const [order = 0] = kernels.tables([0]);
  // The taps take the part of the columns: element (c, tap) of the filter is filter[tap, c].
  kernels.run('packPanel', panelCount, [filter.address, panels, order, 1, channels, taps, 0, 1, channels]);
  const positions = 4 * Math.ceil((height * width) / 4);
  kernels.run(
    'toOneChannel',
    batch,
    [x.address, height, width, channels, output.address, panels, kernel, before, bias],
    16 + 128 + panelCount * positions * 32,
  );
}

/** dy [b, ⌈h/stride⌉, ⌈w/stride⌉, out], filter [k, k, in, out] → output [b, h, w, in]. */
export function conv2dInputGradient(
  kernels: WasmKernels,
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
  gather(kernels, dy, output, filter, strides, phases, [1, stride], after);
}

/** x [b, h, w, in], dy [b, ⌈h/stride⌉, ⌈w/stride⌉, out] → output [k, k, in, out]; with `added`, what it holds stays in the sum. */
export function conv2dFilterGradient(
  kernels: WasmKernels,
  x: Placed,
  dy: Placed,
  output: Placed,
  stride: number,
  added: boolean,
): void {
  const [batch, height, width, channels] = dimensions(x);
  const [, outHeight, outWidth, outChannels] = dimensions(dy);
  const [kernel] = dimensions(output);
  const before = samePadding(height, kernel, stride).before;
  const positions = outHeight * outWidth;
  // One output channel: the taps take the part of the channels, and what is left is a product over positions.
  const spread = outChannels === 1 && stride === 1 && kernel > 1;
  const columns = spread ? kernel * kernel : outChannels;
  const panelCount = Math.ceil(columns / 8);
  const gradient = kernels.gradient(batch * panelCount * positions * 8);
  if (spread) kernels.run('spreadGradient', batch, [dy.address, gradient, height, width, kernel, before]);
  else kernels.run('packGradient', batch, [dy.address, gradient, positions, outChannels]);
  const taps = spread ? 1 : kernel;
  const above = spread ? 0 : before;
  const leftward = spread ? 0 : samePadding(width, kernel, stride).before;
  const paddedHeight = Math.max(above + height, (outHeight - 1) * stride + taps);
  const paddedWidth = Math.max(leftward + width, (outWidth - 1) * stride + taps);
  const quads = Math.ceil(channels / 4);
  const groups = Math.max(1, Math.min(taps, Math.ceil((itemsPerThread * kernels.threads) / quads)));
  const strides = spread ? [0, 1, channels] : [channels * outChannels, outChannels, 1];
  kernels.run(
    'filterGradient',
    quads * groups,
    [
      x.address,
      batch,
      height,
      width,
      channels,
      gradient,
      outHeight,
      outWidth,
      columns,
      taps,
      stride,
      above,
      leftward,
      paddedHeight,
      paddedWidth,
      output.address,
      ...strides,
      groups,
      added ? 1 : 0,
    ],
    panelCount * Math.ceil(taps / groups) * taps * 128 + paddedHeight * paddedWidth * 16,
  );
}
