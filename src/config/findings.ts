// What the diagnosis of a run can find, as plain data: codes with the numbers behind them. The page has the words.

/** The numbers behind a finding, smoothed: means of recent steps, medians of recent measurements. NaN: not known. */
export interface FindingFacts {
  readonly step: number;
  /** Measurements of the run so far, and how many of the newest the trend is from. */
  readonly measurements: number;
  readonly window: number;
  readonly discriminatorLoss: number;
  readonly generatorLoss: number;
  readonly accuracyReal: number;
  readonly accuracyFake: number;
  readonly diversity: number;
  /** null where the classes are not digits. */
  readonly digits: DigitFindingFacts | null;
}

export interface DigitFindingFacts {
  /** Fréchet distance: now, at the start of the window, and the lowest of the run with its step. */
  readonly frechet: number;
  readonly frechetBefore: number;
  readonly best: number;
  readonly bestStep: number;
  /** The lowest and the highest in the window. */
  readonly range: readonly [number, number];
  /** That of real images; null where it is not known. */
  readonly real: number | null;
  readonly confidence: number;
  /** Digits below `coveredShare` in most of the newest measurements. */
  readonly missing: readonly number[];
}

/** What a finding can be. */
export const findingCodes = [
  'blown-up',
  'too-early',
  'generator-stuck',
  'discriminator-strong',
  'discriminator-weak',
  'mode-collapse',
  'missing-digits',
  'low-diversity',
  'worsening',
  'good-enough',
  'improving',
  'fluctuating',
  'plateau',
  'unjudged',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** What is going on in a run. */
export interface Finding {
  readonly code: FindingCode;
  readonly tone: 'good' | 'neutral' | 'warning' | 'bad';
  readonly facts: FindingFacts;
}
