// Marks: what happened at a step of a run that its curves alone do not say. Plain data; the words are the page's.
import { isRecognisable, type QualityRow } from './quality.ts';

/** Learning rates of both networks. */
export interface Rates {
  readonly discriminator: number;
  readonly generator: number;
}

/** What a mark of each kind says beside its step. */
export interface MarkFacts {
  /** A learning rate was changed. */
  readonly rates: { readonly from: Rates; readonly to: Rates };
  /** The visitor paused. */
  readonly pause: null;
  /** The run went back to this step: the worker was replaced, or the losses were no numbers any more. */
  readonly recovery: { readonly lostAt: number };
  /** The digits became recognisable, after so many seconds of training. */
  readonly recognisable: { readonly seconds: number };
}

export type MarkKind = keyof MarkFacts;
export const markKinds = ['rates', 'pause', 'recovery', 'recognisable'] as const satisfies readonly MarkKind[];

export type Mark = {
  readonly [Kind in MarkKind]: { readonly step: number; readonly kind: Kind; readonly facts: MarkFacts[Kind] };
}[MarkKind];

/** Of a run: whoever pauses every minute fills them in half a day. The oldest pauses go first. */
export const maxMarks = 500;

/** The marks with another: a kind has one at a step, and rates that are as they were before have none. */
export function withMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  const before = marks.find((each) => each.step === mark.step && each.kind === mark.kind);
  const others = marks.filter((each) => each !== before);
  const merged = merge(before, mark);
  if (merged === null) return others;
  const at = others.findLastIndex(({ step }) => step <= merged.step) + 1;
  const all = others.toSpliced(at, 0, merged);
  if (all.length <= maxMarks) return all;
  const oldest = all.findIndex(({ kind }) => kind === 'pause');
  return all.toSpliced(Math.max(0, oldest), 1);
}

function merge(before: Mark | undefined, mark: Mark): Mark | null {
  if (mark.kind !== 'rates') return mark;
  const from = before?.kind === 'rates' ? before.facts.from : mark.facts.from;
  const { to } = mark.facts;
  if (from.discriminator === to.discriminator && from.generator === to.generator) return null;
  return { ...mark, facts: { from, to } };
}

/** The mark of the first measurement that found recognisable digits; null where there is none, or it is marked. */
export function recognisableMark(marks: readonly Mark[], rows: readonly QualityRow[]): Mark | null {
  if (marks.some(({ kind }) => kind === 'recognisable')) return null;
  const first = rows.find(isRecognisable);
  return first ? { step: first.step, kind: 'recognisable', facts: { seconds: first.seconds } } : null;
}
