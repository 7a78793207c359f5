// Shaders for convolutions on tfjs's WebGL backend. Those that multiply are compiled for each shape: the constants make
// them fast.
import type { Shape } from '../../../config/networks.ts';
import { phaseTaps, samePadding } from '../base/geometry.ts';
import { float, throughGate } from './glsl.ts';
import { AnySizeProgram, PackedProgram } from './program.ts';

/** What happens to a result before it is stored; part of a program's name and code. */
export interface After {
  readonly bias: boolean;
  readonly gate: boolean;
  readonly leakySlope: number | undefined;
}

type Dimensions = readonly [number, number, number, number];

/** `isLast`: code for whether a texel's second column is beyond the edge; null where none is. */
function finish({ bias, gate, leakySlope }: After, isLast: string | null): string {
  const leaky = `result = mix(result * ${float(leakySlope ?? 1)}, result, vec4(greaterThan(result, vec4(0.0))));`;
  return `
    vec4 result = vec4(sum0, sum1);
    ${bias ? 'vec4 bias = getBias(at.w); result += bias.xyxy;' : ''}
    ${leakySlope !== undefined && !gate ? leaky : ''}
    ${gate ? throughGate(leakySlope ?? 1) : ''}
    ${isLast === null ? '' : `if (${isLast}) result.zw = vec2(0.0);`}
    setOutput(result);`;
}

const isLastOf = (width: number): string | null => (width % 2 === 1 ? `at.z + 1 >= ${width}` : null);

const variables = (first: string, { bias, gate }: After): string[] => [
  first,
  'filter_',
  ...(bias ? ['bias'] : []),
  ...(gate ? ['gate'] : []),
];

/** What one of a texel's two outputs adds up: a column of the input times a column of the kernel. */
interface Term {
  readonly output: 0 | 1;
  /** Relative to the input column at which the texel's own window begins, without padding. */
  readonly column: number;
  readonly tap: number;
}

/**
 * Code that adds all terms for one row and two channels. `texels` is the code that fetches the input, each texel once;
 * `column(relative)` the code for the vec2 of a column; `filter` the code for a texel of the filter at tap TAP.
 */
function addTerms(
  terms: readonly Term[],
  texels: string,
  column: (relative: number) => string,
  filter: string,
): string {
  const taps = [...new Set(terms.map(({ tap }) => tap))];
  return `
    ${texels}
    ${taps.map((tap) => `vec4 w${tap} = ${filter.replaceAll('TAP', String(tap))};`).join('\n')}
    ${terms
      .map(({ output, column: relative, tap }) => {
        const x = column(relative);
        return `sum${output} += ${x}.x * w${tap}.xy + ${x}.y * w${tap}.zw;`;
      })
      .join('\n')}`;
}

const nameOfColumn = (column: number): string => (column < 0 ? `m${-column}` : `p${column}`);

/** Code that fetches the texels of `columns`, relative to `origin`, an even column: each texel holds two columns. */
function alignedTexels(
  columns: readonly number[],
  origin: string,
  width: number,
  texelAt: (at: string) => string,
): string {
  const starts = [...new Set(columns.map((column) => 2 * Math.floor(column / 2)))];
  return starts
    .map((start) => {
      const at = `${origin} + (${start})`;
      return `vec4 t${nameOfColumn(start)} = ${at} >= 0 && ${at} < ${width} ? ${texelAt(at)} : vec4(0.0);`;
    })
    .join('\n');
}

const alignedColumn = (column: number): string => {
  const start = 2 * Math.floor(column / 2);
  return `t${nameOfColumn(start)}.${start === column ? 'xy' : 'zw'}`;
};

/** A direct convolution with 'same' padding: x [b, h, w, in], filter [k, k, in, out]. */
export class ConvolutionProgram extends PackedProgram {
  constructor(x: Shape, filter: Shape, stride: number, after: After) {
    super();
    const [batch, height, width, channels] = x as Dimensions;
    const [kernelHeight, kernelWidth, , outChannels] = filter as Dimensions;
    const vertical = samePadding(height, kernelHeight, stride);
    const horizontal = samePadding(width, kernelWidth, stride);
    this.variableNames = variables('x', after);
    this.outputShape = [batch, vertical.out, horizontal.out, outChannels];
    // The first output column of a texel is even, and so is where its window would begin without padding.
    const terms = ([0, 1] as const).flatMap((output) =>
      Array.from({ length: kernelWidth }, (_, tap) => ({
        output,
        tap,
        column: output * stride + tap - horizontal.before,
      })),
    );
    const texels = alignedTexels(
      terms.map(({ column }) => column),
      `at.z * ${stride}`,
      width,
      (column) => `getX(at.x, row, ${column}, c)`,
    );
    this.userCode = `
      void main() {
        ivec4 at = getOutputCoords();
        vec2 sum0 = vec2(0.0);
        vec2 sum1 = vec2(0.0);
        for (int k = 0; k < ${kernelHeight}; k++) {
          int row = at.y * ${stride} + k - ${vertical.before};
          if (row < 0 || row >= ${height}) continue;
          for (int c = 0; c < ${channels}; c += 2) {
            ${addTerms(terms, texels, alignedColumn, 'getFilter_(k, TAP, c, at.w)')}
          }
        }
        ${finish(after, isLastOf(horizontal.out))}
      }`;
  }
}

/**
 * Every stride-th column, from `phase` on, of the gradient of a convolution by its input: dy [b, ⌈h/stride⌉,
 * ⌈w/stride⌉, out], filter [k, k, in, out] → [b, h, ⌈(w − phase)/stride⌉, in]. These columns meet the same taps, which
 * are constants of the shader. With a stride of 1 that is the whole gradient, and `after` is applied here.
 */
export class InputGradientProgram extends PackedProgram {
  constructor(
    dy: Shape,
    filter: Shape,
    [height, width]: readonly [number, number],
    stride: number,
    phase: number,
    after: After,
  ) {
    super();
    const [batch, outHeight, outWidth, outChannels] = dy as Dimensions;
    const [kernelHeight, kernelWidth, channels] = filter as Dimensions;
    const before = samePadding(height, kernelHeight, stride).before;
    const columns = Math.ceil((width - phase) / stride);
    this.variableNames = variables('dy', after);
    this.outputShape = [batch, height, columns, channels];
    const taps = phaseTaps(width, kernelWidth, stride)[phase] ?? [];
    const terms = ([0, 1] as const).flatMap((output) =>
      taps.map(({ kernelRow, offset }) => ({ output, tap: kernelRow, column: output + offset })),
    );
    const texels = alignedTexels(
      terms.map(({ column }) => column),
      'at.z',
      outWidth,
      (column) => `getDy(at.x, row, ${column}, c)`,
    );
    this.userCode = `
      void main() {
        ivec4 at = getOutputCoords();
        vec2 sum0 = vec2(0.0);
        vec2 sum1 = vec2(0.0);
        for (int k = (at.y + ${before}) % ${stride}; k < ${kernelHeight}; k += ${stride}) {
          int row = (at.y + ${before} - k) / ${stride};
          if (at.y + ${before} < k || row >= ${outHeight}) continue;
          for (int c = 0; c < ${outChannels}; c += 2) {
            ${addTerms(terms, texels, alignedColumn, 'getFilter_(k, TAP, at.w, c).xzyw')}
          }
        }
        ${finish(after, isLastOf(columns))}
      }`;
  }
}

/** Interleaves the columns of `InputGradientProgram`'s phases: phase0 [b, h, ⌈w/stride⌉, c], … → [b, h, w, c]. */
export class WeaveProgram extends AnySizeProgram {
  constructor(outputShape: Shape, stride: number, after: After) {
    super();
    const phases = Array.from({ length: stride }, (_, phase) => phase);
    const { bias, gate } = after;
    this.variableNames = [
      ...phases.map((phase) => `phase${phase}`),
      ...(bias ? ['bias'] : []),
      ...(gate ? ['gate'] : []),
    ];
    this.outputShape = [...outputShape];
    this.userCode = `
      vec2 columnAt(ivec4 at, int column) {
        if (column >= outShape.z) return vec2(0.0);
        int place = column / ${stride};
        int phase = column - place * ${stride};
        vec4 texel = vec4(0.0);
        ${phases.map((phase) => `if (phase == ${phase}) texel = getPhase${phase}(at.x, at.y, place, at.w);`).join('\n')}
        return (place & 1) == 0 ? texel.xy : texel.zw;
      }
      void main() {
        ivec4 at = getOutputCoords();
        vec2 sum0 = columnAt(at, at.z);
        vec2 sum1 = columnAt(at, at.z + 1);
        ${finish(after, 'at.z + 1 >= outShape.z')}
      }`;
  }
}
