// What tfjs's WebGL backend wants to know of a shader, for ours. A texel of its packed layout holds two neighbours in each of the last two
// dimensions, (w, c), (w, c+1), (w+1, c), (w+1, c+1), and zero beyond the edge: every shader here relies on that and keeps it.
import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl';

/** A shader from texels to texels, compiled for each shape. tfjs keeps what it has compiled by class name and code. */
export class PackedProgram implements GPGPUProgram {
  variableNames: string[] = [];
  outputShape: number[] = [];
  userCode = '';
  readonly packedInputs = true;
  readonly packedOutput: boolean = true;
}

/** One that is told all sizes when it runs, and compiled once for all shapes of one rank. Of three dimensions nothing can be: see install.ts. */
export class AnySizeProgram extends PackedProgram {
  readonly enableShapeUniforms = true;
}
