// The state of a run's quality, and how the worker's events change it.
import { type Failure, failureOf } from '../../config/errors.ts';
import type { Finding } from '../../config/findings.ts';
import { isRecognisable, type QualityRow, type RealQuality } from '../../config/quality.ts';
import { decodeError } from '../../protocol/errors.ts';
import type { EventMessage } from '../../protocol/messages.ts';

export interface QualityState {
  /** All measurements of the run, oldest first. */
  readonly rows: readonly QualityRow[];
  /** The same of real images; null until they have been looked at. */
  readonly real: RealQuality | null;
  readonly findings: readonly Finding[];
  /** The first measurement that found digits which a person reads easily. */
  readonly recognisable: { readonly step: number; readonly seconds: number } | null;
  /** Why nothing can be measured; null where it can. */
  readonly unavailable: Failure | null;
}

export const nothingMeasured: QualityState = {
  rows: [],
  real: null,
  findings: [],
  recognisable: null,
  unavailable: null,
};

/** Of a run that was continued, or went back. */
export const restoredQuality = (rows: readonly QualityRow[], real: RealQuality | null): QualityState => {
  const first = rows.find(isRecognisable);
  return { ...nothingMeasured, rows, real, recognisable: first ? { step: first.step, seconds: first.seconds } : null };
};

type QualityEvent = Extract<EventMessage, { name: 'quality' | 'realQuality' | 'qualityUnavailable' | 'findings' }>;

export function applyQuality(state: QualityState, event: QualityEvent): QualityState {
  switch (event.name) {
    case 'realQuality':
      return { ...state, real: event.payload, unavailable: null };
    case 'quality': {
      const { step, seconds } = event.payload;
      const recognisable = state.recognisable ?? (isRecognisable(event.payload) ? { step, seconds } : null);
      return { ...state, rows: [...state.rows, event.payload], recognisable };
    }
    case 'findings':
      return { ...state, findings: event.payload };
    case 'qualityUnavailable':
      return { ...state, unavailable: failureOf(decodeError(event.payload)) };
    default:
      return event satisfies never;
  }
}
