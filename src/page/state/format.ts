// Numbers as people read them, always with their unit, and of a width that does not jump.
import type { RunConfig } from '../../config/run.ts';
import { type BackendName, backendLabels } from '../../protocol/devices.ts';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export const count = (n: number): string => whole.format(n);

export function bytes(n: number): string {
  if (n < 1e3) return `${whole.format(n)} B`;
  return n < 1e6 ? `${whole.format(n / 1e3)} kB` : `${(n / 1e6).toFixed(1)} MB`;
}

/** Loaded and total in the same unit: '3.1 of 11.6 MB'. */
export function bytesOf(loaded: number, total: number): string {
  const [, unit = ''] = bytes(total).split(' ');
  const scale = unit === 'MB' ? 1e6 : unit === 'kB' ? 1e3 : 1;
  const digits = unit === 'MB' ? 1 : 0;
  return `${(loaded / scale).toFixed(digits)} of ${(total / scale).toFixed(digits)} ${unit}`;
}

export const percent = (share: number): string => `${whole.format(share * 100)}%`;

/** Of a run that goes well three decimals count; of one that does not, how many digits there are. */
export function loss(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  return size < 100 ? value.toFixed(3) : size < 10_000 ? value.toFixed(0) : value.toExponential(1);
}

/** How long is left, in one unit that a person would use. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${whole.format(Math.ceil(seconds))} s`;
  if (seconds < 5_400) return `${whole.format(Math.round(seconds / 60))} min`;
  if (seconds < 72 * 3_600) return `${(seconds / 3_600).toFixed(1)} h`;
  return `${whole.format(Math.round(seconds / 86_400))} days`;
}

/** How long ago a moment was, in milliseconds since 1970: 'just now', '2 minutes ago'. */
export function ago(moment: number, now = Date.now()): string {
  const seconds = Math.max(0, (now - moment) / 1000);
  if (seconds < 60) return 'just now';
  const [amount, unit] =
    seconds < 3_600
      ? [seconds / 60, 'minute']
      : seconds < 86_400
        ? [seconds / 3_600, 'hour']
        : [seconds / 86_400, 'day'];
  const rounded = Math.floor(amount);
  return `${rounded} ${unit}${rounded === 1 ? '' : 's'} ago`;
}

/** Without its unit, which stands at the head of a column or beside it. */
export function milliseconds(ms: number | null): string {
  if (ms === null) return '–';
  return ms < 10 ? ms.toFixed(1) : whole.format(ms);
}

/** The same in seconds, for what takes many of them. */
export function inSeconds(ms: number | null): string {
  if (ms === null) return '–';
  return ms < 10_000 ? (ms / 1_000).toFixed(ms < 1_000 ? 2 : 1) : whole.format(ms / 1_000);
}

/** Slower than a step in two seconds reads better the other way round. */
export function rate(stepsPerSecond: number): string {
  if (stepsPerSecond < 0.5) return `${(1 / stepsPerSecond).toFixed(1)} s a step`;
  return `${stepsPerSecond.toFixed(1)} steps/s`;
}

/** A number that somebody typed or will type: 2e-4 stays readable as 0.0002. */
export const setting = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value);

/** As Keras's summary prints it. */
export const shape = (dimensions: readonly number[]): string => `(None, ${dimensions.join(', ')})`;

export const backend = (name: BackendName): string => backendLabels[name];

/** As a sentence begins. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** '12', or '11½' where only one network's half of step 12 has been taken. */
export const steps = (step: number, half: boolean): string =>
  half ? `${step === 1 ? '' : count(step - 1)}½` : count(step);

/** Real and fake images in the discriminator's half of a step. */
export const halves = ({ batch }: RunConfig): string => count(batch / 2);
