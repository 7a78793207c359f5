// The Fréchet distance between two sets of feature vectors, each taken for a Gaussian (Heusel et al. 2017).
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** A set of vectors as mean and covariance. */
export interface Gaussian {
  /** [d] */
  readonly mean: Float64Array;
  /** [d, d], symmetric, unbiased (divided by n − 1). */
  readonly covariance: Matrix;
}

/** @param features [n, d], row-major, n at least 2 */
export function gaussianOf(features: Float32Array, d: number): Gaussian {
  const count = features.length / d;
  const mean = new Float64Array(d);
  for (const [at, value] of features.entries()) mean[at % d] = (mean[at % d] ?? 0) + value / count;
  // Two passes, as E[x²] − E[x]² would lose digits; the upper half only.
  const sums = new Float64Array(d * d);
  const centred = new Float64Array(d);
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < d; i++) centred[i] = (features[n * d + i] ?? 0) - (mean[i] ?? 0);
    for (let i = 0; i < d; i++) {
      const value = centred[i] ?? 0;
      if (value === 0) continue;
      for (let j = i; j < d; j++) sums[i * d + j] = (sums[i * d + j] ?? 0) + value * (centred[j] ?? 0);
    }
  }
  const covariance = new Matrix(d, d);
  for (let i = 0; i < d; i++) {
    for (let j = i; j < d; j++) {
      const value = (sums[i * d + j] ?? 0) / (count - 1);
      covariance.set(i, j, value);
      covariance.set(j, i, value);
    }
  }
  return { mean, covariance };
}

/** The same with the square root of its covariance: what is compared with again and again keeps it. */
export interface Reference extends Gaussian {
  /** Symmetric, positive semi-definite; its square is the covariance. */
  readonly root: Matrix;
}

export function referenceOf(gaussian: Gaussian): Reference {
  return { ...gaussian, root: squareRoot(gaussian.covariance) };
}

/** V·√Λ·Vᵀ of a symmetric matrix V·Λ·Vᵀ; what rounding has made negative counts as 0. */
function squareRoot(symmetric: Matrix): Matrix {
  const { eigenvectorMatrix: vectors, realEigenvalues: values } = decompose(symmetric);
  const scaled = vectors.clone().mulRowVector(values.map((value) => Math.sqrt(Math.max(0, value))));
  return scaled.mmul(vectors.transpose());
}

const decompose = (symmetric: Matrix) => new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });

/**
 * ‖m₁ − m₂‖² + tr(S₁ + S₂ − 2·(S₁^½·S₂·S₁^½)^½), the squared 2-Wasserstein distance of two Gaussians (Dowson and Landau
 * 1982). S₁^½·S₂·S₁^½ has the eigenvalues of S₁·S₂ and is symmetric, so the trace of its root is the sum of the roots
 * of its eigenvalues. No unit; 0 for the same Gaussians, and never below.
 */
export function frechetDistance(reference: Reference, other: Gaussian): number {
  let means = 0;
  for (const [i, value] of reference.mean.entries()) means += (value - (other.mean[i] ?? 0)) ** 2;
  const product = reference.root.mmul(other.covariance).mmul(reference.root);
  const roots = decompose(product).realEigenvalues.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
  return Math.max(0, means + reference.covariance.trace() + other.covariance.trace() - 2 * roots);
}
