// Numbers, times and sizes as people read them, in one locale: always with their unit, and of a width that does not
// jump.

/** What a language calls the units, and how it puts them together. */
export interface Units {
  /** '3.1 of 11.6 MB': loaded and total, in the same unit. */
  readonly bytesOf: (loaded: string, total: string, unit: string) => string;
  readonly seconds: (amount: string) => string;
  readonly minutes: (amount: string) => string;
  readonly hours: (amount: string) => string;
  /** Three or more. */
  readonly days: (amount: string) => string;
  readonly secondsPerStep: (amount: string) => string;
  readonly stepsPerSecond: (amount: string) => string;
  readonly nats: (amount: string) => string;
  /** Less than a minute ago. */
  readonly justNow: string;
}

/** What stands where there is no number. */
const none = '–';

export type Format = ReturnType<typeof formatOf>;

/** `numbers` and `dates`: BCP 47 tags for Intl. */
export function formatOf(numbers: string, dates: string, units: Units) {
  const whole = new Intl.NumberFormat(numbers, { maximumFractionDigits: 0 });
  const compact = new Intl.NumberFormat(numbers, { notation: 'compact', maximumFractionDigits: 1 });
  const moment = new Intl.DateTimeFormat(dates, { dateStyle: 'medium', timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(numbers);
  const point = new Intl.NumberFormat(numbers).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  const local = (digits: string): string => digits.replace('.', point);

  const count = (n: number): string => whole.format(n);

  /** With exactly so many digits behind the point. */
  const fixed = (value: number, digits: number): string => local(value.toFixed(digits));

  const percent = (share: number, digits = 0): string =>
    digits === 0 ? percentOf(whole.format(share * 100)) : percentOf(fixed(share * 100, digits));
  const percentPattern = new Intl.NumberFormat(numbers, { style: 'percent' }).format(0);
  const percentOf = (amount: string): string => percentPattern.replace(whole.format(0), amount);

  /** Amount and unit. */
  function inBytes(n: number): readonly [amount: string, unit: 'B' | 'kB' | 'MB'] {
    if (n < 1e3) return [count(n), 'B'];
    return n < 1e6 ? [count(n / 1e3), 'kB'] : [fixed(n / 1e6, 1), 'MB'];
  }

  /** A number that somebody typed or will type: 2e-4 stays readable as 0.0002. */
  const setting = (value: number): string =>
    local(value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value));

  return {
    count,
    fixed,
    percent,
    setting,

    bytes: (n: number): string => inBytes(n).join(' '),

    /** Loaded and total in the same unit: '3.1 of 11.6 MB'. */
    bytesOf(loaded: number, total: number): string {
      const [, unit] = inBytes(total);
      const scale = unit === 'MB' ? 1e6 : unit === 'kB' ? 1e3 : 1;
      const digits = unit === 'MB' ? 1 : 0;
      return units.bytesOf(fixed(loaded / scale, digits), fixed(total / scale, digits), unit);
    },

    /** Of a run that goes well three decimals count; of one that does not, how many digits there are. */
    loss(value: number): string {
      if (!Number.isFinite(value)) return none;
      const size = Math.abs(value);
      return size < 100 ? fixed(value, 3) : size < 10_000 ? fixed(value, 0) : local(value.toExponential(1));
    },

    /** Three digits, and no more than two behind the point. */
    score(value: number): string {
      if (!Number.isFinite(value)) return none;
      const size = Math.abs(value);
      return fixed(value, size >= 100 ? 0 : size >= 10 ? 1 : 2);
    },

    nats: (amount: string): string => units.nats(amount),

    /** How long something takes, in one unit that a person would use. */
    duration(seconds: number): string {
      if (seconds < 60) return units.seconds(count(Math.ceil(seconds)));
      if (seconds < 5_400) return units.minutes(count(Math.round(seconds / 60)));
      if (seconds < 72 * 3_600) return units.hours(fixed(seconds / 3_600, 1));
      return units.days(count(Math.round(seconds / 86_400)));
    },

    /** A date with its time, from milliseconds since 1970. */
    moment: (time: number): string => moment.format(time),

    /** How long ago a time was, in milliseconds since 1970: 'just now', '2 minutes ago'. */
    ago(time: number, now = Date.now()): string {
      const seconds = Math.max(0, (now - time) / 1000);
      if (seconds < 60) return units.justNow;
      if (seconds < 3_600) return relative.format(-Math.floor(seconds / 60), 'minute');
      if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3_600), 'hour');
      return relative.format(-Math.floor(seconds / 86_400), 'day');
    },

    /** Without its unit, which stands at the head of a column or beside it. */
    milliseconds(ms: number | null): string {
      if (ms === null) return none;
      return ms < 10 ? fixed(ms, 1) : count(ms);
    },

    /** The same in seconds, for what takes many of them. */
    inSeconds(ms: number | null): string {
      if (ms === null) return none;
      return ms < 10_000 ? fixed(ms / 1_000, ms < 1_000 ? 2 : 1) : count(ms / 1_000);
    },

    /** Slower than a step in two seconds reads better the other way round. */
    rate: (stepsPerSecond: number): string =>
      stepsPerSecond < 0.5
        ? units.secondsPerStep(fixed(1 / stepsPerSecond, 1))
        : units.stepsPerSecond(fixed(stepsPerSecond, 1)),

    /** '12', or '11½' where only one network's half of step 12 has been taken. */
    steps: (step: number, half: boolean): string => (half ? `${step === 1 ? '' : count(step - 1)}½` : count(step)),

    /** As Keras's summary prints it. */
    shape: (dimensions: readonly number[]): string => `(None, ${dimensions.join(', ')})`,

    /** On an axis: in five characters or fewer. */
    axisNumber(value: number): string {
      if (value !== 0 && Math.abs(value) < 0.01) return local(value.toExponential());
      return Math.abs(value) < 10_000 ? local(String(value)) : compact.format(value);
    },

    /** As a sentence begins. */
    capital: (text: string): string => text.charAt(0).toLocaleUpperCase(numbers) + text.slice(1),
    /** As it stands inside of a sentence. */
    uncapital: (text: string): string => text.charAt(0).toLocaleLowerCase(numbers) + text.slice(1),
  };
}
