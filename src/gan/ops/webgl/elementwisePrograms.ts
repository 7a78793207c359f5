// Elementwise shaders for tfjs's WebGL backend: dropout, and formulas (Adam, losses, averages).
import type { Shape } from '../../../config/networks.ts';
import { declareAt, throughGate, zeroBeyond } from './glsl.ts';
import { AnySizeProgram } from './program.ts';

/**
 * x · masks · LeakyReLU′(gate), x [b, h, w, channels]. The shader computes the masks itself; the batch is cut into
 * `pieces` equal pieces.
 */
export class DropoutProgram extends AnySizeProgram {
  customUniforms: { name: string; type: 'int' | 'float' }[];
  constructor(x: Shape, pieces: number, gate: boolean, leakySlope: number) {
    super();
    this.variableNames = gate ? ['x', 'gate'] : ['x'];
    this.outputShape = [...x];
    this.customUniforms = [
      ...Array.from({ length: pieces }, (_, i) =>
        ['low', 'high', 'start'].map((name) => ({ name: `${name}${i}`, type: 'int' as const })),
      ).flat(),
      { name: 'threshold', type: 'int' },
      { name: 'scale', type: 'float' },
    ];
    const which = (name: string): string => (pieces === 1 ? `${name}0` : `(element < count ? ${name}0 : ${name}1)`);
    this.userCode = `
      // triple32, as in random/stream.ts
      uint mixed(uint x) {
        x = (x ^ (x >> 17)) * 0xed5ad4bbu;
        x = (x ^ (x >> 11)) * 0xac4c1b51u;
        x = (x ^ (x >> 15)) * 0x31848babu;
        return x ^ (x >> 14);
      }
      float mask(int element) {
        int count = outShape.x / ${pieces} * outShape.y * outShape.z * outShape.w;
        int low = ${which('low')};
        int high = ${which('high')};
        int index = ${which('start')} + (element % count);
        uint draw = mixed(mixed(uint(index >> 1) ^ uint(low)) ^ uint(high));
        uint half_ = (index & 1) == 0 ? draw & 0xffffu : draw >> 16;
        return half_ < uint(threshold) ? 0.0 : scale;
      }
      void main() {
        ${declareAt(4)}
        int channels = outShape.w;
        int element = ((at.x * outShape.y + at.y) * outShape.z + at.z) * channels + at.w;
        vec4 result = getX(at.x, at.y, at.z, at.w);
        if (threshold > 0) {
          result *= vec4(mask(element), mask(element + 1), mask(element + channels), mask(element + channels + 1));
        }
        ${gate ? throughGate(leakySlope) : ''}
        setOutput(result);
      }`;
  }
}

/**
 * A formula of inputs of one shape, element by element; `name_` stands for four neighbours of the input `name`.
 * @throws Error where the rank is 3
 */
export class FormulaProgram extends AnySizeProgram {
  customUniforms: { name: string; type: 'float' }[];
  constructor(shape: Shape, variableNames: readonly string[], uniforms: readonly string[], formula: string) {
    super();
    if (shape.length === 3) throw new Error('A formula of three dimensions.');
    this.variableNames = [...variableNames];
    this.outputShape = [...shape];
    this.customUniforms = uniforms.map((name) => ({ name, type: 'float' }));
    const capital = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;
    this.userCode = `
      void main() {
        ${declareAt(shape.length)}
        ${variableNames.map((name) => `vec4 ${name}_ = get${capital(name)}AtOutCoords();`).join('\n')}
        vec4 result = ${formula};
        ${zeroBeyond(shape.length)}
        setOutput(result);
      }`;
  }
}
