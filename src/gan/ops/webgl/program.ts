// What tfjs's WebGL backend asks of a shader, for the custom ones. A texel of its packed layout holds two neighbours in
// each of the last two dimensions, (w, c), (w, c+1), (w+1, c), (w+1, c+1), and zero beyond the edge. Every shader here
// relies on those zeros and leaves them so.
import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl';

/** A shader from texels to texels, compiled for each shape. tfjs caches compiled shaders by class name and code. */
export class PackedProgram implements GPGPUProgram {
  variableNames: string[] = [];
  outputShape: number[] = [];
  userCode = '';
  readonly packedInputs = true;
  readonly packedOutput: boolean = true;
}

/**
 * A shader that gets all sizes when it runs, so that it is compiled once for all shapes of one rank. The rank is never
 * 3: tfjs 4.22 takes two such shaders for one where a tensor [1, m, k] is larger than the largest texture, and computes
 * wrongly without an error. That is also why WEBGL_USE_SHAPES_UNIFORMS, which would do the same for tfjs's own shaders,
 * stays off.
 */
export class AnySizeProgram extends PackedProgram {
  readonly enableShapeUniforms = true;
}
