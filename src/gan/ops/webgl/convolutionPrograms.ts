// Shaders of our own for convolutions on tfjs's WebGL backend. A texel of its packed layout holds two neighbours in each of the last two
// dimensions, (w, c), (w, c+1), (w+1, c), (w+1, c+1), and zero beyond the edge: every shader here relies on that and keeps it.
import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl';
import type { Shape } from '../../../config/networks.ts';
import { phaseTaps, samePadding } from '../geometry.ts';
import { declareAt, float, throughGate, zeroBeyond } from './glsl.ts';

/** What happens to a result before it is stored; part of a program's name and code. */
export interface After {
  readonly bias: boolean;
  readonly gate: boolean;
  readonly leakySlope: number | undefined;
}

type Dimensions = readonly [number, number, number, number];

/** `isLast` is code that tells whether a texel's second column is beyond the edge; null where none is. */
function finish({ bias, gate, leakySlope }: After, isLast: string | null): string {
  const slope = float(leakySlope ?? 1);
  return `
    vec4 result = vec4(sum0, sum1);
    ${bias ? 'vec4 bias = getBias(at.w); result += bias.xyxy;' : ''}
    ${leakySlope !== undefined && !gate ? `result = mix(result * ${slope}, result, vec4(greaterThan(result, vec4(0.0))));` : ''}
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

/** The two outputs of a texel, j = 0 and 1, and what each multiplies: a column of the input by a column of the kernel. */
interface Term {
  readonly output: 0 | 1;
  /** Relative to a column that the shader knows. */
  readonly column: number;
  readonly tap: number;
}

/**
 * Code that adds, for one row and two channels, all terms: each texel of the input and each of the filter is fetched once.
 * `texel(column)` is the code for the vec2 of a column.
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

/** Fetches, two columns at a time, all that lie between the first and the last; `first` even columns are whole texels. */
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
export class ConvolutionProgram implements GPGPUProgram {
  variableNames: string[];
  outputShape: number[];
  userCode: string;
  packedInputs = true;
  packedOutput = true;
  /** tfjs keeps compiled programs by class name and code. */
  constructor(x: Shape, filter: Shape, stride: number, after: After) {
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
 * Every stride-th column, from `phase` on, of the gradient of a convolution by its input: dy [b, ⌈h/stride⌉, ⌈w/stride⌉, out],
 * filter [k, k, in, out] → [b, h, ⌈(w − phase)/stride⌉, in]. These columns meet the same taps; which, is known beforehand.
 * With a stride of 1 that is the whole gradient, and `after` is done here.
 */
export class InputGradientProgram implements GPGPUProgram {
  variableNames: string[];
  outputShape: number[];
  userCode: string;
  packedInputs = true;
  packedOutput = true;
  constructor(
    dy: Shape,
    filter: Shape,
    [height, width]: readonly [number, number],
    stride: number,
    phase: number,
    after: After,
  ) {
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

/** Puts the columns of `InputGradientProgram`'s phases in their order: phase0 [b, h, ⌈w/stride⌉, c], … → [b, h, w, c]. */
export class WeaveProgram implements GPGPUProgram {
  variableNames: string[];
  outputShape: number[];
  userCode: string;
  packedInputs = true;
  packedOutput = true;
  enableShapeUniforms = true;
  constructor(outputShape: Shape, stride: number, after: After) {
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

/**
 * What each tap of a convolution's k×k kernel sees of x [b, h, w, in], at each place of its output: [k²·in, b·places]. The sizes are given when
 * it runs: `size`, the output's height and width, and `before`, the padding above and on the left.
 */
export class SeenByTapsProgram implements GPGPUProgram {
  variableNames = ['x'];
  outputShape: number[];
  userCode: string;
  packedInputs = true;
  packedOutput = true;
  enableShapeUniforms = true;
  customUniforms = [
    { name: 'size', type: 'ivec2' as const },
    { name: 'before', type: 'ivec2' as const },
  ];
  /** Of `size` and `before`. */
  readonly uniforms: readonly (readonly [number, number])[];
  constructor(x: Shape, kernel: number, stride: number) {
    const [batch, height, width, channels] = x as Dimensions;
    const vertical = samePadding(height, kernel, stride);
    const horizontal = samePadding(width, kernel, stride);
    this.outputShape = [kernel * kernel * channels, batch * vertical.out * horizontal.out];
    this.uniforms = [
      [vertical.out, horizontal.out],
      [vertical.before, horizontal.before],
    ];
    // The two rows of a texel are two channels of one tap where those are even in number: one read brings both.
    const column = channels % 2 === 0 ? 'seen(row, place)' : 'vec2(one(row, place), one(row + 1, place))';
    this.userCode = `
      vec2 seen(int row, int place) {
        int places = size.x * size.y;
        int image = place / places;
        int within = place - image * places;
        int tap = row / xShape.w;
        int y = within / size.y * ${stride} + tap / ${kernel} - before.x;
        int x = within % size.y * ${stride} + tap % ${kernel} - before.y;
        if (y < 0 || y >= xShape.y || x < 0 || x >= xShape.z) return vec2(0.0);
        vec4 texel = getX(image, y, x, row - tap * xShape.w);
        return (x & 1) == 0 ? texel.xy : texel.zw;
      }
      float one(int row, int place) {
        vec2 two = seen(row, place);
        return (row % xShape.w & 1) == 0 ? two.x : two.y;
      }
      vec2 column(int row, int place) {
        return ${column};
      }
      void main() {
        ${declareAt(2)}
        vec2 first = column(at.x, at.y);
        vec2 second = column(at.x, at.y + 1);
        vec4 result = vec4(first.x, second.x, first.y, second.y);
        ${zeroBeyond(2)}
        setOutput(result);
      }`;
  }
}

/** All that each tap of a k×k kernel sees of dy [b, h, w, 1], turned: [b, k², h·w], for the gradient of a one-channel filter. */
export class PatchesProgram implements GPGPUProgram {
  variableNames = ['dy'];
  outputShape: number[];
  userCode: string;
  packedInputs = true;
  packedOutput = true;
  constructor(dy: Shape, kernel: number) {
    const [batch, height, width] = dy as Dimensions;
    const { before } = samePadding(height, kernel, 1);
    this.outputShape = [batch, kernel * kernel, height * width];
    this.userCode = `
      const ivec3 outShape = ivec3(${this.outputShape.join(', ')});
      float seen(int image, int tap, int place) {
        int row = place / ${width} + ${before} - tap / ${kernel};
        int column = place % ${width} + ${before} - tap % ${kernel};
        if (row < 0 || row >= ${height} || column < 0 || column >= ${width}) return 0.0;
        vec4 texel = getDy(image, row, column, 0);
        return (column & 1) == 0 ? texel.x : texel.z;
      }
      void main() {
        ivec3 at = getOutputCoords();
        vec4 result = vec4(
          seen(at.x, at.y, at.z), seen(at.x, at.y, at.z + 1), seen(at.x, at.y + 1, at.z), seen(at.x, at.y + 1, at.z + 1));
        ${zeroBeyond(3)}
        setOutput(result);
      }`;
  }
}
