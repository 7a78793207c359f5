// Pieces of GLSL that several shaders share.

/** A number as GLSL writes floats. */
export const float = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

/** Code that multiplies `result` by LeakyReLU′ at the output `gate`, a tensor of the same shape. */
export const throughGate = (slope: number): string => `
  vec4 gate = getGate(at.x, at.y, at.z, at.w);
  result *= mix(vec4(${float(slope)}), vec4(1.0), vec4(greaterThan(gate, vec4(0.0))));`;

/** Code that declares `at`, the shader's position in an output of `rank` dimensions. */
export const declareAt = (rank: number): string => `${rank < 2 ? 'int' : `ivec${rank}`} at = getOutputCoords();`;

/**
 * Code that makes `result` zero beyond the last row and column of an output of the shape `outShape`, at `at`: see
 * program.ts.
 */
export function zeroBeyond(rank: number): string {
  if (rank === 0) return 'result.yzw = vec3(0.0);';
  if (rank === 1) return 'result = vec4(result.x, at + 1 < outShape ? result.y : 0.0, 0.0, 0.0);';
  const [row, column] = [rank - 2, rank - 1];
  return `
    if (at[${row}] + 1 >= outShape[${row}]) result.zw = vec2(0.0);
    if (at[${column}] + 1 >= outShape[${column}]) result.yw = vec2(0.0);`;
}
