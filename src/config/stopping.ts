// When training ends by itself, beside its last epoch: plain data, no part of what a seed means.
import type { Failure } from './errors.ts';

export interface StopRules {
  /** Training time, pauses left out; null: no such rule. */
  readonly minutes: number | null;
  /** Quality measurements in a row without a new lowest Fréchet distance; null: no such rule. */
  readonly patience: number | null;
}

export type StopRuleName = keyof StopRules;

/** Which rule has ended training. */
export type StopReason = 'epochs' | StopRuleName;

export const noStopRules: StopRules = { minutes: null, patience: null };

interface Limits {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

export const stopRules: Readonly<Record<StopRuleName, Limits>> = {
  minutes: {
    min: 0.1,
    max: 1440,
    whole: false,
  },
  patience: {
    min: 2,
    max: 1000,
    whole: true,
  },
};

export const stopRuleNames = Object.keys(stopRules) as readonly StopRuleName[];

export type StopRuleProblem = Failure<'stop-rule-not-a-number' | 'stop-rule-out-of-range'>;

/** What is wrong with a value, or null when it is right; `null` switches a rule off and is right. */
export function stopRuleProblem(rule: StopRuleName, value: unknown): StopRuleProblem | null {
  if (value === null) return null;
  const { min, max, whole } = stopRules[rule];
  if (typeof value !== 'number' || !Number.isFinite(value)) return { code: 'stop-rule-not-a-number', facts: { rule } };
  const isRight = value >= min && value <= max && (!whole || Number.isInteger(value));
  return isRight ? null : { code: 'stop-rule-out-of-range', facts: { rule, value } };
}
