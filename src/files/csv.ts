// The loss history as a table for spreadsheets and scripts.

/** One entry a step; what a step did not have is NaN. The page's metrics are of this form. */
export interface LossHistory {
  readonly steps: ArrayLike<number>;
  readonly discriminatorLoss: ArrayLike<number>;
  readonly generatorLoss: ArrayLike<number>;
  /** Shares, 0 to 1. */
  readonly accuracyReal: ArrayLike<number>;
  readonly accuracyFake: ArrayLike<number>;
}

/** In the fewest digits that give back the same float32: 0.693, not 0.6930000185966492. */
function shortest(value: number): string {
  if (Number.isNaN(value)) return '';
  for (let digits = 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === Math.fround(value)) return String(rounded);
  }
  return String(Number(value.toPrecision(9)));
}

/** The history as CSV: a header line, a line a step, an empty cell for NaN, a line feed after each line. */
export function lossesToCsv(history: LossHistory): string {
  const { steps, discriminatorLoss, generatorLoss, accuracyReal, accuracyFake } = history;
  const lines = ['step,discriminator_loss,generator_loss,accuracy_real,accuracy_fake'];
  for (let i = 0; i < steps.length; i++) {
    const cells = [discriminatorLoss, generatorLoss, accuracyReal, accuracyFake].map((column) =>
      shortest(column[i] ?? Number.NaN),
    );
    lines.push(`${steps[i]},${cells.join(',')}`);
  }
  return `${lines.join('\n')}\n`;
}
