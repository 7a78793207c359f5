// The history of a run as a table for spreadsheets and scripts: a step's losses, and the quality of its digits where it
// was measured.
import type { QualityRow } from '../config/quality.ts';

/** One entry a step; what a step did not have is NaN. The page's metrics are of this form. */
export interface LossHistory {
  readonly steps: ArrayLike<number>;
  readonly discriminatorLoss: ArrayLike<number>;
  readonly generatorLoss: ArrayLike<number>;
  /** Shares, 0 to 1. */
  readonly accuracyReal: ArrayLike<number>;
  readonly accuracyFake: ArrayLike<number>;
}

const classes = Array.from({ length: 10 }, (_, digit) => digit);

const columns = [
  'step',
  'discriminator_loss',
  'generator_loss',
  'accuracy_real',
  'accuracy_fake',
  'training_seconds',
  'classes_covered',
  'class_divergence',
  'mean_confidence',
  'inception_score',
  'frechet_distance',
  'diversity',
  ...classes.map((digit) => `share_${digit}`),
] as const;
const qualityColumns = columns.length - 5;

/** In the fewest digits that give back the same float32: 0.693, not 0.6930000185966492. */
function shortest(value: number): string {
  if (Number.isNaN(value)) return '';
  for (let digits = 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === Math.fround(value)) return String(rounded);
  }
  return String(Number(value.toPrecision(9)));
}

/**
 * The history as CSV: a header line, a line a step, an empty cell for what there is not, a line feed after each line.
 */
export function historyToCsv(history: LossHistory, quality: readonly QualityRow[]): string {
  const { steps, discriminatorLoss, generatorLoss, accuracyReal, accuracyFake } = history;
  const measured = new Map(quality.map((row) => [row.step, row]));
  const lines: string[] = [columns.join()];
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] ?? 0;
    const losses = [discriminatorLoss, generatorLoss, accuracyReal, accuracyFake].map(
      (column) => column[i] ?? Number.NaN,
    );
    lines.push([step, ...[...losses, ...qualityCells(measured.get(step))].map(shortest)].join());
  }
  return `${lines.join('\n')}\n`;
}

function qualityCells(row: QualityRow | undefined): readonly number[] {
  if (row === undefined) return new Array(qualityColumns).fill(Number.NaN);
  const { seconds, digits, diversity } = row;
  return [
    seconds,
    digits?.covered ?? Number.NaN,
    digits?.divergence ?? Number.NaN,
    digits?.confidence ?? Number.NaN,
    digits?.inceptionScore ?? Number.NaN,
    digits?.frechet ?? Number.NaN,
    diversity,
    ...classes.map((digit) => digits?.classShares[digit] ?? Number.NaN),
  ];
}
