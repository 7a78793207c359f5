// Shaders for sums on tfjs's WebGL backend: over the positions of feature maps, and over a batch. tfjs's own read
// numbers one by one and would first unpack the texels of four in which the custom convolutions leave their results.
import type { Shape } from '../../../config/networks.ts';
import { declareAt, float, zeroBeyond } from './glsl.ts';
import { AnySizeProgram } from './program.ts';

/** What each number of a feature map adds to the sum. */
export type Term =
  | { readonly of: 'value' }
  /** (x − mean)² */
  | { readonly of: 'squaredDistance' }
  /** dy · x̂, with x̂ the normalised x. */
  | { readonly of: 'alongNormalised'; readonly epsilon: number };

interface TermCode {
  readonly names: readonly string[];
  /** Comes before the loops. */
  readonly constants: string;
  readonly term: string;
}

function codeOf(term: Term): TermCode {
  switch (term.of) {
    case 'value':
      return { names: ['x'], constants: '', term: 'x' };
    case 'squaredDistance':
      return { names: ['x', 'mean'], constants: 'vec4 mean = getMean(at.w).xyxy;', term: '(x - mean) * (x - mean)' };
    case 'alongNormalised':
      return {
        names: ['x', 'dy', 'mean', 'variance'],
        constants: `
          vec4 mean = getMean(at.w).xyxy;
          vec4 inverse = inversesqrt(getVariance(at.w).xyxy + ${float(term.epsilon)});`,
        term: 'getDy(at.x, row, column, at.w) * (x - mean) * inverse',
      };
    default:
      return term satisfies never;
  }
}

/** x [b, h, w, channels] → [b, 1, 1, channels]: of each image and channel, the sum of a term over all positions. */
export class PositionSumsProgram extends AnySizeProgram {
  constructor([batch = 0, , , channels = 0]: Shape, of: Term) {
    super();
    const { names, constants, term } = codeOf(of);
    this.variableNames = [...names];
    this.outputShape = [batch, 1, 1, channels];
    // Row by row: sums of sums lose less precision than one long sum.
    this.userCode = `
      void main() {
        ${declareAt(4)}
        ${constants}
        vec2 sum = vec2(0.0);
        for (int row = 0; row < xShape.y; row++) {
          vec4 inRow = vec4(0.0);
          for (int column = 0; column < xShape.z; column += 2) {
            vec4 x = getX(at.x, row, column, at.w);
            vec4 term = ${term};
            if (column + 1 >= xShape.z) term.zw = vec2(0.0);
            inRow += term;
          }
          sum += inRow.xy + inRow.zw;
        }
        vec4 result = vec4(sum, 0.0, 0.0);
        ${zeroBeyond(4)}
        setOutput(result);
      }`;
  }
}

/** The sum over a batch, times `scale`: x [b, channels] or [b, 1, 1, channels] → [channels]. */
export class BatchSumProgram extends AnySizeProgram {
  override variableNames = ['x'];
  customUniforms = [{ name: 'scale', type: 'float' as const }];
  constructor(x: Shape) {
    super();
    this.outputShape = [x.at(-1) ?? 0];
    // A texel holds two images of [b, channels], and one of [b, 1, 1, channels].
    const pairs = x.length === 2;
    this.userCode = `
      void main() {
        ${declareAt(1)}
        vec2 sum = vec2(0.0);
        for (int i = 0; i < xShape.x; i += ${pairs ? 2 : 1}) {
          vec4 texel = ${pairs ? 'getX(i, at)' : 'getX(i, 0, 0, at)'};
          sum += texel.xy;
          ${pairs ? 'if (i + 1 < xShape.x) sum += texel.zw;' : ''}
        }
        vec4 result = vec4(sum * scale, 0.0, 0.0);
        ${zeroBeyond(1)}
        setOutput(result);
      }`;
  }
}

/** The sum over the first axis of x [b, 1, rows, columns] → [rows, columns]. */
export class MatrixSumProgram extends AnySizeProgram {
  override variableNames = ['x'];
  constructor([, , rows = 0, columns = 0]: Shape) {
    super();
    this.outputShape = [rows, columns];
    this.userCode = `
      void main() {
        ${declareAt(2)}
        vec4 result = vec4(0.0);
        for (int i = 0; i < xShape.x; i++) result += getX(i, 0, at.x, at.y);
        ${zeroBeyond(2)}
        setOutput(result);
      }`;
  }
}
