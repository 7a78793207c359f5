// English: what is waited for, and where images came from.
import type { Origin } from '../../../config/datasets.ts';
import type { Place } from '../../../config/errors.ts';
import type { Progress } from '../../../protocol/messages.ts';
import { backends } from './accelerators.ts';
import { datasets } from './datasets.ts';

export const placeName = (place: Place): string => (typeof place === 'string' ? place : 'this site');

export function origin(origin: Origin): string {
  switch (origin.from) {
    case 'cache':
      return 'the browser’s cache';
    case 'this-site':
      return 'this site';
    case 'drawn':
      return 'drawn in this page';
    case 'host':
      return origin.host;
    case 'files':
      return origin.more > 0 ? `${origin.names[0]} and ${origin.more} more files` : origin.names.join(' and ');
    default:
      return origin satisfies never;
  }
}

export function progress(progress: Progress): string {
  switch (progress.stage) {
    case 'starting':
      return 'Starting the accelerator';
    case 'stopping':
      return progress.what === 'run' ? 'Stopping the run before' : 'Stopping to measure';
    case 'measuring':
      return `Trying ${backends[progress.backend]}`;
    case 'building':
      return 'Building the networks';
    case 'fetching':
      return `Fetching ${datasets[progress.dataset]} from ${placeName(progress.from)}`;
    case 'checking':
      return `Checking ${datasets[progress.dataset]}`;
    case 'reading':
      return `Reading ${datasets[progress.dataset]} from the browser’s cache`;
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
