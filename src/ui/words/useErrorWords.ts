// The sentences of errors, and of what else comes from the workers, in the language of the page.
import * as device from './en/device.ts';
import { advice, errors } from './en/errors.ts';
import { findings } from './en/findings.ts';
import { origin, progress } from './en/progress.ts';
import type { ErrorWords } from './errorSentence.ts';

export interface WorkerWords extends ErrorWords {
  readonly device: Pick<typeof device, 'detail' | 'note' | 'reason'>;
  readonly progress: typeof progress;
  readonly origin: typeof origin;
  readonly findings: typeof findings;
}

export const english: WorkerWords = { errors, advice, device, progress, origin, findings };

export const useErrorWords = (): WorkerWords => english;
