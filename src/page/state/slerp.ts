// Spherical interpolation of latent vectors: latents are normal, so they all have about the same length.

/**
 * Spherical interpolation: `a` at t = 0, `b` at t = 1. Lengths are interpolated too. Where there is no one great circle
 * (a zero vector, parallel or opposite ones) it falls back to the straight line.
 */
export function slerp(a: Float32Array, b: Float32Array, t: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(a.length);
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? 0;
    const y = b[i] ?? 0;
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  const lengthA = Math.sqrt(aa);
  const lengthB = Math.sqrt(bb);
  const cosine = lengthA > 0 && lengthB > 0 ? Math.max(-1, Math.min(1, dot / (lengthA * lengthB))) : 1;
  const angle = Math.acos(cosine);
  const sine = Math.sin(angle);
  let wa = 1 - t;
  let wb = t;
  if (sine > 1e-6) {
    const length = lengthA * (1 - t) + lengthB * t;
    wa = ((Math.sin((1 - t) * angle) / sine) * length) / lengthA;
    wb = ((Math.sin(t * angle) / sine) * length) / lengthB;
  }
  for (let i = 0; i < a.length; i++) out[i] = wa * (a[i] ?? 0) + wb * (b[i] ?? 0);
  return out;
}
