// What is going on in a run: from its newest losses and its measurements to findings. Quality decides; accuracies alone
// never condemn, as they swing from 4% to 98% in runs whose digits get better all the time.
import type { Finding, FindingCode } from '../config/findings.ts';
import { coveredShare, type QualityRow, type RealQuality, recognisable } from '../config/quality.ts';
import { type DigitFacts, type Facts, findingOf } from './findings.ts';
import { mean, median, trendOf } from './trend.ts';

/** The scores of one step; NaN for a half that was not taken. */
export interface StepRow {
  readonly step: number;
  readonly discriminatorLoss: number;
  readonly generatorLoss: number;
  readonly accuracyReal: number;
  readonly accuracyFake: number;
}

/** Newest measurements that a trend is read from: at one every three seconds or so, the last half minute. */
const trendRows = 10;
/** Measurements whose median stands for the newest: one that is off changes nothing. */
const newestRows = 3;
/** Steps whose means stand for the newest losses: longer than the swings of the two networks. */
const newestSteps = 100;

/**
 * Below so many measurements there is no finding, and no bad one below so many, or before so many steps: a good run's
 * first strokes take 200 to 300 steps, and until then the discriminator wins in it, too.
 */
const leastRows = 4;
const leastRowsForBad = 7;
const leastStepsForBad = 300;

/**
 * What makes a finding, and what keeps it: two numbers each, so that a sentence does not come and go with every
 * measurement. Beside each is what the recorded runs (tests/quality/runs) have on either side of it. `quick` and
 * `unseen` were recorded after these limits were chosen, and changed none of them.
 */
const limits = {
  /**
   * Factor by which the Fréchet distance falls over the window: fresh samples alone move it by 5%, early progress by
   * half.
   */
  falling: { enter: 0.9, keep: 0.95 },
  /** Standard errors of that fall: a collapsed run goes up and down by a fifth and falls by chance now and then. */
  certain: { enter: 2, keep: 1 },
  /** Above the run's lowest: a fall from a height that it had come down from before is a swing. */
  newLowest: { enter: 1.05, keep: 1.15 },
  /** Once the discriminator has won, the generator creeps: only a fall to so much is a recovery. */
  recovering: { enter: 1, keep: 0.8 },
  /** Above the run's lowest: swings of a good run stay within 1.2 times for most of it. */
  worse: { enter: 1.3, keep: 1.2 },
  /** Highest over lowest Fréchet distance in the window, when a plateau is called a swing. */
  swing: { enter: 1.3, keep: 1.2 },
  /**
   * Highest over lowest, when the generator does not move at all: samples alone make more of a difference in any other
   * run.
   */
  still: { enter: 1.005, keep: 1.01 },
  /**
   * Fréchet distance of what no person reads: blobs and strokes that are no digits (pictures in docs/measurements.md).
   */
  poor: { enter: 120, keep: 108 },
  /** Generator loss when the discriminator gives its pictures a 5% chance (e^−3); a fair fight has 0.7. */
  generatorLost: { enter: 3, keep: 2 },
  /**
   * No discriminator reaches the first by learning badly: unsure of all it has 0.69, fooled by all hardly 1. A
   * generator whose pictures are always recognised has 30 to 40; only weights that run away reach the second.
   */
  blownUp: { enter: 5, keep: 3 },
  blownUpGenerator: { enter: 100, keep: 60 },
  /** Accuracy on both kinds beside it. */
  alwaysRight: { enter: 0.97, keep: 0.93 },
  /** A coin has the loss ln 2 = 0.69 on both sides; smoothed labels change nothing about that. */
  worseThanCoin: { enter: 0.74, keep: 0.71 },
  generatorWins: { enter: 0.6, keep: 0.64 },
  /** Share below which a digit is missing: in two of the three newest measurements, as these take the median. */
  missing: { enter: coveredShare, keep: 1.25 * coveredShare },
  /** Missing digits that are called a collapse: one or two go missing for a while in good runs too. */
  collapsed: { enter: 3, keep: 2 },
  /** A collapsed run has 0.2 to 0.5, all others reach 0.8 with their first digits. */
  alike: { enter: 0.4, keep: 0.5 },
  /** Of what makes digits recognisable, for those that were already. */
  recognisable: { enter: 1, keep: 1.1 },
  /** Times the Fréchet distance of real images: nearer is hardly possible in minutes. */
  nearReal: { enter: 3, keep: 3.5 },
} as const;

type Limit = { readonly enter: number; readonly keep: number };

/**
 * The findings of this moment, the most important first; at least one.
 * @param recent the newest steps, oldest first; 100 are enough
 * @param rows all measurements of the run, oldest first
 * @param said what was found at the measurement before: it takes more to come to a finding than to stay with it
 * @param real what real images get, where that is known
 */
export function diagnose(
  recent: readonly StepRow[],
  rows: readonly QualityRow[],
  said: readonly Pick<Finding, 'code'>[],
  real: RealQuality | null = null,
): readonly Finding[] {
  const before = new Set(said.map(({ code }) => code));
  const limit = (code: FindingCode, { enter, keep }: Limit): number => (before.has(code) ? keep : enter);
  const missed = before.has('mode-collapse') || before.has('missing-digits');
  const facts = factsOf(recent, rows, real, missed ? limits.missing.keep : limits.missing.enter);
  return codesOf(facts, limit).map((code) => findingOf(code, facts));
}

type LimitOf = (code: FindingCode, limit: Limit) => number;

function codesOf(facts: Facts, limit: LimitOf): FindingCode[] {
  const { digits, measurements, step, diversity } = facts;
  // No measurement is needed for this, and none would get better.
  if (
    facts.discriminatorLoss >= limit('blown-up', limits.blownUp) ||
    facts.generatorLoss >= limit('blown-up', limits.blownUpGenerator)
  ) {
    return ['blown-up'];
  }
  if (measurements < leastRows) return ['too-early'];
  const mature = measurements >= leastRowsForBad && step >= leastStepsForBad;
  if (digits === null) {
    if (!mature) return ['too-early'];
    // Without a judge only pictures that are all alike tell that it is not going well.
    if (diversity >= limit('low-diversity', limits.alike)) return ['unjudged'];
    const strength = strengthOf(facts, limit);
    return strength.length > 0 ? strength : ['low-diversity'];
  }
  const good = goodOf(digits, limit);
  if (good !== null) return [good];
  if (!mature) return ['too-early'];
  const bad = badOf(facts, digits, limit);
  if (bad.length > 0) return bad;
  const swing = digits.range[1] / digits.range[0];
  return [swing >= limit('fluctuating', limits.swing) ? 'fluctuating' : 'plateau'];
}

/** Whether it is good already, or is getting there. */
function goodOf(digits: DigitFacts, limit: LimitOf): 'good-enough' | 'improving' | null {
  const { frechet, best, trend, missing, confidence, real } = digits;
  const recovering = limit('discriminator-strong', limits.recovering);
  const falling =
    trend.change <= Math.log(Math.min(recovering, limit('improving', limits.falling))) &&
    trend.change <= -trend.error * limit('improving', limits.certain) &&
    frechet <= best * limit('improving', limits.newLowest);
  const margin = limit('good-enough', limits.recognisable);
  const legible =
    missing.length === 0 && confidence >= recognisable.confidence / margin && frechet <= recognisable.frechet * margin;
  const nearReal = real !== null && frechet <= real * limit('good-enough', limits.nearReal);
  if (legible && (nearReal || !falling)) return 'good-enough';
  return falling ? 'improving' : null;
}

/** What is wrong with a run that does not get better, the cause before what it brings about. */
function badOf(facts: Facts, digits: DigitFacts, limit: LimitOf): FindingCode[] {
  const { frechet, best, missing, range } = digits;
  const found: FindingCode[] = [];
  const poor = (code: FindingCode): boolean => frechet >= limit(code, limits.poor);
  if (poor('generator-stuck') && range[1] / range[0] <= limit('generator-stuck', limits.still)) {
    found.push('generator-stuck');
  }
  found.push(...strengthOf(facts, limit).filter(poor));
  // What is missing is then no wonder, and the advice would be another.
  if (found.length > 0) return found;
  if (missing.length >= limit('mode-collapse', limits.collapsed)) found.push('mode-collapse');
  else if (missing.length > 0) found.push('missing-digits');
  if (facts.diversity < limit('low-diversity', limits.alike)) found.push('low-diversity');
  if (frechet >= best * limit('worsening', limits.worse)) found.push('worsening');
  if (found.length === 0 && poor('generator-stuck')) found.push('generator-stuck');
  return found;
}

/** Whether one network has beaten the other, as the losses and accuracies have it. */
function strengthOf(facts: Facts, limit: LimitOf): ('discriminator-strong' | 'discriminator-weak')[] {
  const { discriminatorLoss, generatorLoss, accuracyReal, accuracyFake } = facts;
  const right = limit('discriminator-strong', limits.alwaysRight);
  if (
    generatorLoss >= limit('discriminator-strong', limits.generatorLost) &&
    accuracyReal >= right &&
    accuracyFake >= right
  ) {
    return ['discriminator-strong'];
  }
  const fooled =
    discriminatorLoss >= limit('discriminator-weak', limits.worseThanCoin) &&
    generatorLoss <= limit('discriminator-weak', limits.generatorWins);
  return fooled ? ['discriminator-weak'] : [];
}

function factsOf(
  recent: readonly StepRow[],
  rows: readonly QualityRow[],
  real: RealQuality | null,
  missingBelow: number,
): Facts {
  const steps = recent.slice(-newestSteps);
  const newest = rows.slice(-newestRows);
  return {
    step: rows.at(-1)?.step ?? recent.at(-1)?.step ?? 0,
    measurements: rows.length,
    window: Math.min(trendRows, rows.length),
    discriminatorLoss: mean(steps.map(({ discriminatorLoss }) => discriminatorLoss)),
    generatorLoss: mean(steps.map(({ generatorLoss }) => generatorLoss)),
    accuracyReal: mean(steps.map(({ accuracyReal }) => accuracyReal)),
    accuracyFake: mean(steps.map(({ accuracyFake }) => accuracyFake)),
    diversity: median(newest.map(({ diversity }) => diversity)),
    digits: digitFactsOf(rows, real, missingBelow),
  };
}

function digitFactsOf(rows: readonly QualityRow[], real: RealQuality | null, missingBelow: number): DigitFacts | null {
  const measured = rows.flatMap(({ step, digits }) => (digits === null ? [] : [{ step, ...digits }]));
  if (measured.length === 0) return null;
  const newest = measured.slice(-newestRows);
  const window = measured.slice(-trendRows).map(({ frechet }) => frechet);
  // Smoothed like the newest; the newest itself is among them.
  const smooth = measured.map(({ step }, i) => ({
    step,
    frechet: median(measured.slice(Math.max(0, i - newestRows + 1), i + 1).map(({ frechet }) => frechet)),
  }));
  const best = smooth.reduce((lowest, each) => (each.frechet < lowest.frechet ? each : lowest));
  const shares = Array.from({ length: 10 }, (_, digit) =>
    median(newest.map(({ classShares }) => classShares[digit] ?? Number.NaN)),
  );
  return {
    frechet: median(newest.map(({ frechet }) => frechet)),
    frechetBefore: median(window.slice(0, newestRows)),
    best: best.frechet,
    bestStep: best.step,
    trend: trendOf(window),
    range: [Math.min(...window), Math.max(...window)],
    real: real?.digits?.frechet ?? null,
    confidence: median(newest.map(({ confidence }) => confidence)),
    missing: shares.flatMap((share, digit) => (share < missingBelow ? [digit] : [])),
  };
}
