// Numbers as people read them.
import { describe, expect, it } from 'vitest';
import { english } from '../../src/ui/words/en/index.ts';
import { formatOf } from '../../src/ui/words/format.ts';

const { format } = english;
const { capital, inSeconds, milliseconds, steps } = format;

describe('a step', () => {
  it('is counted as far as it is whole', () => {
    expect([steps(0, false), steps(12, false), steps(1_200, false)]).toEqual(['0', '12', '1,200']);
    expect([steps(1, true), steps(12, true), steps(1_201, true)]).toEqual(['½', '11½', '1,200½']);
  });
});

describe('a time', () => {
  it('has as many digits as it is good for', () => {
    expect([null, 0.42, 9.96, 31.4, 9_999].map(milliseconds)).toEqual(['–', '0.4', '10.0', '31', '9,999']);
    expect([null, 31.4, 2_345, 64_000].map(inSeconds)).toEqual(['–', '0.03', '2.3', '64']);
  });

  it('lies so long ago', () => {
    const now = Date.now();
    const ago = [0, 59, 60, 150, 3_600, 7_300, 86_400, 260_000].map((seconds) => format.ago(now - 1000 * seconds, now));
    expect(ago.slice(0, 4)).toEqual(['just now', 'just now', '1 minute ago', '2 minutes ago']);
    expect(ago.slice(4)).toEqual(['1 hour ago', '2 hours ago', '1 day ago', '3 days ago']);
  });
});

it('sentences begin with a capital', () => {
  expect([capital('emulated in software'), capital('')]).toEqual(['Emulated in software', '']);
});

it('a share is a percentage', () => {
  expect([format.percent(0.624), format.percent(0.8567, 1), format.percent(1)]).toEqual(['62%', '85.7%', '100%']);
});

it('a loss and a score have the digits that they are good for', () => {
  expect([0.6842, 123.4, 12_345, Number.NaN].map(format.loss)).toEqual(['0.684', '123', '1.2e+4', '–']);
  expect([4.321, 45.67, 312.4, Number.POSITIVE_INFINITY].map(format.score)).toEqual(['4.32', '45.7', '312', '–']);
});

it('another language has its own decimal comma, thousands and units', () => {
  const german = formatOf('de', 'de', {
    bytesOf: (loaded, total, unit) => `${loaded} von ${total} ${unit}`,
    seconds: (amount) => `${amount} s`,
    minutes: (amount) => `${amount} min`,
    hours: (amount) => `${amount} h`,
    days: (amount) => `${amount} Tage`,
    secondsPerStep: (amount) => `${amount} s je Schritt`,
    stepsPerSecond: (amount) => `${amount} Schritte/s`,
    nats: (amount) => `${amount} nats`,
    justNow: 'gerade eben',
  });
  expect([german.count(12_345), german.setting(0.0002), german.loss(0.6842)]).toEqual(['12.345', '0,0002', '0,684']);
  expect([german.bytesOf(3_141_592, 11_594_722), german.rate(4.12)]).toEqual(['3,1 von 11,6 MB', '4,1 Schritte/s']);
  expect([german.percent(0.62), german.percent(0.8567, 1)]).toEqual(['62\u00a0%', '85,7\u00a0%']);
  expect([german.ago(0, 120_000), german.axisNumber(0.25)]).toEqual(['vor 2 Minuten', '0,25']);
});
