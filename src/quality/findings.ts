// How each finding of the diagnosis is meant, and the numbers that the diagnosis decides by.
import type { DigitFindingFacts, Finding, FindingCode, FindingFacts } from '../config/findings.ts';
import type { Trend } from './trend.ts';

/** The facts of findings, with how the Fréchet distance has gone over the window. */
export interface Facts extends FindingFacts {
  readonly digits: DigitFacts | null;
}

export interface DigitFacts extends DigitFindingFacts {
  readonly trend: Trend;
}

const tones: Readonly<Record<FindingCode, Finding['tone']>> = {
  'blown-up': 'bad',
  'too-early': 'neutral',
  'generator-stuck': 'bad',
  'discriminator-strong': 'bad',
  'discriminator-weak': 'warning',
  'mode-collapse': 'bad',
  'missing-digits': 'warning',
  'low-diversity': 'warning',
  worsening: 'warning',
  'good-enough': 'good',
  improving: 'good',
  fluctuating: 'neutral',
  plateau: 'neutral',
  unjudged: 'neutral',
};

export const findingOf = (code: FindingCode, facts: FindingFacts): Finding => ({ code, tone: tones[code], facts });
