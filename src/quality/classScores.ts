// Scores from the class probabilities of a set of images: class shares, confidence, divergence, inception score.

/**
 * The most likely class of each image.
 * @param probabilities [n, classes], row-major; each row adds up to 1
 * @returns [n]; the first of equals
 */
export function likeliestClasses(probabilities: Float32Array, classes: number): Uint8Array {
  const count = probabilities.length / classes;
  const found = new Uint8Array(count);
  for (let image = 0; image < count; image++) {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if ((probabilities[image * classes + c] ?? 0) > (probabilities[image * classes + best] ?? 0)) best = c;
    }
    found[image] = best;
  }
  return found;
}

/** Share of each class among `labels` [n]; all 0 where there are none. Labels from `classes` on are left aside. */
export function classShares(labels: Uint8Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) if (label < classes) counts[label] = (counts[label] ?? 0) + 1;
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (all === 0 ? 0 : count / all));
}

/** How many classes have at least the share `least`. */
export function coveredClasses(shares: readonly number[], least: number): number {
  return shares.filter((share) => share >= least).length;
}

/**
 * Kullback and Leibler 1951: Σ p·ln(p/q) in nats, 0 where both are the same and never below. With p·ln(p/q) = 0 for p =
 * 0. A class that is missing in q would make it infinite: it counts as `rare` there, and q is scaled back to a sum of
 * 1.
 */
export function klDivergence(p: readonly number[], q: readonly number[], rare: number): number {
  const known = q.map((share) => Math.max(share, rare));
  const all = known.reduce((sum, share) => sum + share, 0);
  const sum = p.reduce(
    (total, share, c) => total + (share > 0 ? share * Math.log((share * all) / (known[c] ?? rare)) : 0),
    0,
  );
  return Math.max(0, sum);
}

/** Mean probability of the most likely class, of probabilities [n, classes]. */
export function meanConfidence(probabilities: Float32Array, classes: number): number {
  const count = probabilities.length / classes;
  let sum = 0;
  for (let image = 0; image < count; image++) {
    let most = 0;
    for (let c = 0; c < classes; c++) most = Math.max(most, probabilities[image * classes + c] ?? 0);
    sum += most;
  }
  return sum / count;
}

/**
 * Salimans et al. 2016: exp(mean over images of KL(p(y|x) ‖ p(y))), with p(y) the mean of p(y|x) over all images (no
 * splits). 1 where all images look the same to the classifier; as many as there are classes where each image is surely
 * of one class and all classes are as frequent.
 * @param probabilities p(y|x), [n, classes]
 */
export function inceptionScore(probabilities: Float32Array, classes: number): number {
  const count = probabilities.length / classes;
  const marginal = new Float64Array(classes);
  for (const [at, p] of probabilities.entries()) marginal[at % classes] = (marginal[at % classes] ?? 0) + p / count;
  let sum = 0;
  for (const [at, p] of probabilities.entries()) if (p > 0) sum += p * Math.log(p / (marginal[at % classes] ?? 1));
  return Math.exp(sum / count);
}
