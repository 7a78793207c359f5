// Shaders of our own for sums on tfjs's WebGL backend: over the positions of feature maps, and over a batch. tfjs's own read numbers one by one,
// so that it first unpacks what our convolutions leave in texels of four.
import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl';
import type { Shape } from '../../../config/networks.ts';
import { declareAt, float, zeroBeyond } from './glsl.ts';

/** What is summed of each number of a feature map. */
export type Term =
  | { readonly of: 'value' }
  /** (x − mean)² */
  | { readonly of: 'squaredDistance' }
  /** dy · x̂, with x̂ the normalised x. */
  | { readonly of: 'alongNormalised'; readonly epsilon: number };

const terms = {
  value: () => ({ names: ['x'], before: '', term: 'X' }),
  squaredDistance: () => ({
    names: ['x', 'mean'],
    before: 'vec4 mean = getMean(at.z).xyxy;',
    term: '(X - mean) * (X - mean)',
  }),
  alongNormalised: (epsilon: number) => ({
    names: ['x', 'dy', 'mean', 'variance'],
    before: `vec4 mean = getMean(at.z).xyxy; vec4 inverse = inversesqrt(getVariance(at.z).xyxy + ${float(epsilon)});`,
    term: 'getDy(at.x, row, column, at.z) * (X - mean) * inverse',
  }),
} as const;

/** x [b, h, w, channels] → [b, 1, channels]: of each image and channel, the sum of a term over all positions. */
export class PositionSumsProgram implements GPGPUProgram {
  variableNames: string[];
  outputShape: number[];
  userCode: string;
  packedInputs = true;
  packedOutput = true;
  constructor(x: Shape, wanted: Term) {
    const [batch = 0, height = 0, width = 0, channels = 0] = x;
    const { names, before, term } =
      wanted.of === 'alongNormalised' ? terms.alongNormalised(wanted.epsilon) : terms[wanted.of]();
    this.variableNames = [...names];
    this.outputShape = [batch, 1, channels];
    // Row by row: sums of sums lose less than one long sum.
    this.userCode = `
      void main() {
        ivec3 at = getOutputCoords();
        ${before}
        vec2 sum = vec2(0.0);
        for (int row = 0; row < ${height}; row++) {
          vec4 inRow = vec4(0.0);
          for (int column = 0; column < ${width}; column += 2) {
            vec4 x = getX(at.x, row, column, at.z);
            vec4 term = ${term.replaceAll('X', 'x')};
            ${width % 2 === 1 ? `if (column + 1 >= ${width}) term.zw = vec2(0.0);` : ''}
            inRow += term;
          }
          sum += inRow.xy + inRow.zw;
        }
        vec4 result = vec4(sum, 0.0, 0.0);
        ${zeroBeyond(this.outputShape)}
        setOutput(result);
      }`;
  }
}

/** The sum over a batch, times `scale`: x [b, channels] or [b, 1, channels] → [channels], and x [b, m, channels] → [m, channels]. */
export class BatchSumProgram implements GPGPUProgram {
  variableNames = ['x'];
  outputShape: number[];
  userCode: string;
  packedInputs = true;
  packedOutput = true;
  constructor(x: Shape, scale: number) {
    const [batch = 0] = x;
    const channels = x.at(-1) ?? 0;
    const rows = x.length === 3 ? (x[1] ?? 0) : 1;
    this.outputShape = rows === 1 ? [channels] : [rows, channels];
    // A texel holds two images of [b, channels], and two rows of one of [b, m, channels].
    const twoImages = x.length === 2;
    const texel = twoImages ? 'getX(i, at)' : rows === 1 ? 'getX(i, 0, at)' : 'getX(i, at.x, at.y)';
    this.userCode = `
      void main() {
        ${declareAt(this.outputShape.length)}
        vec4 sum = vec4(0.0);
        for (int i = 0; i < ${batch}; i += ${twoImages ? 2 : 1}) {
          vec4 texel = ${texel};
          ${twoImages && batch % 2 === 1 ? `if (i + 1 >= ${batch}) texel.zw = vec2(0.0);` : ''}
          sum += texel;
        }
        vec4 result = ${twoImages ? 'vec4(sum.xy + sum.zw, 0.0, 0.0)' : 'sum'} * ${float(scale)};
        ${zeroBeyond(this.outputShape)}
        setOutput(result);
      }`;
  }
}
