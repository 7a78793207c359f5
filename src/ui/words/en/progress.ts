// English: what is waited for.
import type { Place } from '../../../config/errors.ts';
import { backendLabels } from '../../../protocol/devices.ts';
import type { Progress } from '../../../protocol/messages.ts';

export const placeName = (place: Place): string => (typeof place === 'string' ? place : 'this site');

export function progress(progress: Progress): string {
  switch (progress.stage) {
    case 'starting':
      return 'Starting the accelerator';
    case 'stopping':
      return progress.what === 'run' ? 'Stopping the run before' : 'Stopping to measure';
    case 'measuring':
      return `Trying ${backendLabels[progress.backend]}`;
    case 'building':
      return 'Building the networks';
    case 'fetching':
      return `Fetching ${progress.dataset} from ${placeName(progress.from)}`;
    case 'checking':
      return `Checking ${progress.dataset}`;
    case 'reading':
      return `Reading ${progress.dataset} from the browser’s cache`;
    case 'reading-files':
      return 'Reading your images';
    case 'drawing':
      return 'Drawing the built-in digits';
    case 'compiling':
      return progress.what === 'first-step' ? 'Taking the first step' : 'Measuring the digits for the first time';
    default:
      return progress satisfies never;
  }
}
