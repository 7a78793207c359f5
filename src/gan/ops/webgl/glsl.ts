// Pieces of GLSL that several of our shaders share.
import type { Shape } from '../../../config/networks.ts';

/** A number as GLSL writes floats. */
export const float = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

/** Code that multiplies `result` by LeakyReLU′ at the output `gate`, a tensor of the same shape. */
export const throughGate = (slope: number): string => `
  vec4 gate = getGate(at.x, at.y, at.z, at.w);
  result *= mix(vec4(${float(slope)}), vec4(1.0), vec4(greaterThan(gate, vec4(0.0))));`;

/** Code that declares `at`, where in an output of `rank` dimensions a shader is. */
export const declareAt = (rank: number): string => `${rank < 2 ? 'int' : `ivec${rank}`} at = getOutputCoords();`;

const places = ['x', 'y', 'z', 'w'] as const;

/** Code that makes `result` zero beyond the last row and column of an output of `shape`, at `at`: all shaders here count on that. */
export function zeroBeyond(shape: Shape): string {
  const rank = shape.length;
  const [rows = 1, columns = 1] = [shape.at(-2), shape.at(-1)];
  const isLast = (fromEnd: 1 | 2, size: number) =>
    rank < fromEnd ? 'true' : `${rank === 1 ? 'at' : `at.${places[rank - fromEnd]}`} + 1 >= ${size}`;
  return `
    ${rows % 2 === 1 ? `if (${isLast(2, rows)}) result.zw = vec2(0.0);` : ''}
    ${columns % 2 === 1 ? `if (${isLast(1, columns)}) result.yw = vec2(0.0);` : ''}`;
}
