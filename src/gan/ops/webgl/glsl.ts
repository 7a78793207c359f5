// Pieces of GLSL that several of our shaders share.

/** A number as GLSL writes floats. */
export const float = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

/** Code that multiplies `result` by LeakyReLU′ at the output `gate`, a tensor of the same shape. */
export const throughGate = (slope: number): string => `
  vec4 gate = getGate(at.x, at.y, at.z, at.w);
  result *= mix(vec4(${float(slope)}), vec4(1.0), vec4(greaterThan(gate, vec4(0.0))));`;
