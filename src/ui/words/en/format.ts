// English: numbers with their units.
import { formatOf } from '../format.ts';

export const format = formatOf('en-US', 'en-GB', {
  bytesOf: (loaded, total, unit) => `${loaded} of ${total} ${unit}`,
  seconds: (amount) => `${amount} s`,
  minutes: (amount) => `${amount} min`,
  hours: (amount) => `${amount} h`,
  days: (amount) => `${amount} days`,
  secondsPerStep: (amount) => `${amount} s a step`,
  stepsPerSecond: (amount) => `${amount} steps/s`,
  nats: (amount) => `${amount} nats`,
  justNow: 'just now',
});
