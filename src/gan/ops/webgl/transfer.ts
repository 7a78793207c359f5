// Numbers to and from tfjs's WebGL backend: straight into the texels that the custom shaders read, and out of them.
import type * as tf from '@tensorflow/tfjs';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { Shape } from '../../../config/networks.ts';
import { PackedProgram } from './program.ts';

/** A tensor's numbers in tfjs's packed layout (see program.ts): four in a texel, zero beyond the edge. */
export function packed(values: Float32Array, shape: Shape): Float32Array {
  const [rows = 1, columns = 1] = [shape.at(-2), shape.at(-1)];
  const [down, across] = [Math.ceil(rows / 2), Math.ceil(columns / 2)];
  const matrices = values.length / (rows * columns);
  const texels = new Float32Array(4 * matrices * down * across);
  let from = 0;
  for (let matrix = 0; matrix < matrices; matrix++) {
    for (let row = 0; row < rows; row++) {
      // The two rows of a texel follow each other within it: x and y, then z and w.
      let to = 4 * across * (matrix * down + (row >> 1)) + 2 * (row & 1);
      for (let column = 0; column < columns; column++) {
        texels[to] = values[from] ?? 0;
        from += 1;
        to += column % 2 === 0 ? 1 : 3;
      }
    }
  }
  return texels;
}

/**
 * Uploads numbers packed. tfjs itself would upload them unpacked, and pack them by a shader that it compiles for each
 * shape. The caller disposes the result.
 */
export function upload(webgl: MathBackendWebGL, values: Float32Array, shape: Shape): tf.TensorInfo {
  const info = webgl.makeTensorInfo([...shape], 'float32');
  const data = webgl.texData.get(info.dataId);
  data.isPacked = true;
  // No values have been written, so tfjs allocates the texture and leaves it empty.
  const texture = webgl.getTexture(info.dataId);
  const [height = 0, width = 0] = (data.texShape ?? []).map((size) => Math.ceil(size / 2));
  webgl.gpgpu.uploadDenseMatrixToTexture(texture, width, height, packed(values, shape));
  return info;
}

/** x as [n], row-major and unpacked: it can be concatenated to others and read as it is. */
export class FlattenProgram extends PackedProgram {
  override variableNames = ['x'];
  override readonly packedOutput = false;
  constructor(x: Shape) {
    super();
    const [rows = 1, columns = 1] = [x.at(-2), x.at(-1)];
    this.outputShape = [x.reduce((product, n) => product * n, 1)];
    const place = [
      'at % COLUMNS',
      'at / COLUMNS % ROWS',
      `at / ${rows * columns} % OUTER`,
      `at / ${rows * columns} / OUTER`,
    ]
      .slice(0, x.length)
      .toReversed()
      .join(', ')
      .replaceAll('COLUMNS', String(columns))
      .replaceAll('ROWS', String(rows))
      .replaceAll('OUTER', String(x.at(-3)));
    this.userCode = `
      void main() {
        int at = getOutputCoords();
        vec4 texel = getX(${place});
        vec2 row = (at / ${columns} % ${rows} & 1) == 0 ? texel.xy : texel.zw;
        setOutput((at % ${columns} & 1) == 0 ? row.x : row.y);
      }`;
  }
}
