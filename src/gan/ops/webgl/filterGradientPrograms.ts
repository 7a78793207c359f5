// Shaders for the gradients of filters on tfjs's WebGL backend: they write what the taps of a kernel read as a matrix,
// which a matrix product then multiplies by dy.
import type { Shape } from '../../../config/networks.ts';
import { samePadding } from '../base/geometry.ts';
import { declareAt, zeroBeyond } from './glsl.ts';
import { AnySizeProgram, PackedProgram } from './program.ts';

type Dimensions = readonly [number, number, number, number];

/**
 * What each tap of a convolution's k×k kernel reads of x [b, h, w, in] at each position of the output:
 * [k²·in, b·positions]. Uniforms: `size`, the output's height and width, and `before`, the padding above and left.
 */
export class TapInputsProgram extends AnySizeProgram {
  override variableNames = ['x'];
  customUniforms = [
    { name: 'size', type: 'ivec2' as const },
    { name: 'before', type: 'ivec2' as const },
  ];
  /** The values of `size` and `before`. */
  readonly uniforms: readonly (readonly [number, number])[];
  constructor(x: Shape, kernel: number, stride: number) {
    super();
    const [batch, height, width, channels] = x as Dimensions;
    const vertical = samePadding(height, kernel, stride);
    const horizontal = samePadding(width, kernel, stride);
    this.outputShape = [kernel * kernel * channels, batch * vertical.out * horizontal.out];
    this.uniforms = [
      [vertical.out, horizontal.out],
      [vertical.before, horizontal.before],
    ];
    // The two rows of a texel are two channels of one tap where those are even in number: one read brings both.
    const column = channels % 2 === 0 ? 'tapInput(row, place)' : 'vec2(one(row, place), one(row + 1, place))';
    this.userCode = `
      vec2 tapInput(int row, int place) {
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
        vec2 two = tapInput(row, place);
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

/**
 * What each tap of a k×k kernel reads of dy [b, h, w, 1], turned: [b, k², h·w], for the gradient of a one-channel
 * filter.
 */
export class PatchesProgram extends PackedProgram {
  override variableNames = ['dy'];
  constructor(dy: Shape, kernel: number) {
    super();
    const [batch, height, width] = dy as Dimensions;
    const { before } = samePadding(height, kernel, 1);
    this.outputShape = [batch, kernel * kernel, height * width];
    this.userCode = `
      const ivec3 outShape = ivec3(${this.outputShape.join(', ')});
      float tapInput(int image, int tap, int place) {
        int row = place / ${width} + ${before} - tap / ${kernel};
        int column = place % ${width} + ${before} - tap % ${kernel};
        if (row < 0 || row >= ${height} || column < 0 || column >= ${width}) return 0.0;
        vec4 texel = getDy(image, row, column, 0);
        return (column & 1) == 0 ? texel.x : texel.z;
      }
      void main() {
        ivec3 at = getOutputCoords();
        vec4 result = vec4(
          tapInput(at.x, at.y, at.z), tapInput(at.x, at.y, at.z + 1),
          tapInput(at.x, at.y + 1, at.z), tapInput(at.x, at.y + 1, at.z + 1));
        ${zeroBeyond(3)}
        setOutput(result);
      }`;
  }
}
