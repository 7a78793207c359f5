// Shaders for batch normalisation on tfjs's WebGL backend. tfjs's broadcasting operations would leave numbers beyond a
// feature map's edge, where the custom convolutions rely on zeros (see program.ts).
import type { Shape } from '../../../config/networks.ts';
import { declareAt, float, zeroBeyond } from './glsl.ts';
import { AnySizeProgram } from './program.ts';

/** The numbers of a texel's channels, two columns alike; `name` is one of a program's inputs of [channels]. */
const channel = (name: string): string => `get${name}(at.w).xyxy`;

/** LeakyReLU(γ · (x − mean) / √(variance + ε) + β) of x [b, h, w, channels]. */
export class NormaliseProgram extends AnySizeProgram {
  override variableNames = ['x', 'mean', 'variance', 'gamma', 'beta'];
  constructor(x: Shape, epsilon: number, leakySlope: number) {
    super();
    this.outputShape = [...x];
    this.userCode = `
      void main() {
        ${declareAt(4)}
        vec4 factor = ${channel('Gamma')} * inversesqrt(${channel('Variance')} + ${float(epsilon)});
        vec4 result = (getX(at.x, at.y, at.z, at.w) - ${channel('Mean')}) * factor + ${channel('Beta')};
        result = mix(result * ${float(leakySlope)}, result, vec4(greaterThan(result, vec4(0.0))));
        ${zeroBeyond(4)}
        setOutput(result);
      }`;
  }
}

/** γ / √(variance + ε) · (dy − dβ/n − x̂ · dγ/n) of x and dy [b, h, w, channels], n numbers in a channel. */
export class NormalisationGradientProgram extends AnySizeProgram {
  override variableNames = ['x', 'dy', 'mean', 'variance', 'gamma', 'dGamma', 'dBeta'];
  customUniforms = [{ name: 'share', type: 'float' as const }];
  /** Uniform: `share`, 1/n. */
  constructor(x: Shape, epsilon: number) {
    super();
    this.outputShape = [...x];
    this.userCode = `
      void main() {
        ${declareAt(4)}
        vec4 inverse = inversesqrt(${channel('Variance')} + ${float(epsilon)});
        vec4 normalised = (getX(at.x, at.y, at.z, at.w) - ${channel('Mean')}) * inverse;
        vec4 explained = share * (${channel('DBeta')} + normalised * ${channel('DGamma')});
        vec4 result = ${channel('Gamma')} * inverse * (getDy(at.x, at.y, at.z, at.w) - explained);
        ${zeroBeyond(4)}
        setOutput(result);
      }`;
  }
}
