// How long a worker may be silent: as long as its work explains, some seconds at least, a minute at most.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Heartbeat, heartbeat } from '../../src/page/client/heartbeat.ts';

const { tickMs, fewestTicks, mostTicks, timesLongest } = heartbeat;

function watch(excused = () => 0) {
  const ask = vi.fn(async () => null);
  const onSilent = vi.fn();
  const heart = new Heartbeat(ask, onSilent);
  heart.start(excused);
  const ticks = (count: number) => vi.advanceTimersByTime(tickMs * count);
  /** Silent for so many ticks after one at which it was asked, and then heard. */
  const breathe = (silent: number) => {
    ticks(1 + silent);
    heart.heard();
  };
  return { heart, ask, onSilent, ticks, breathe };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a heartbeat', () => {
  it('gives a worker up within five seconds of its last word, and once', () => {
    const { onSilent, ticks } = watch();
    ticks(fewestTicks);
    expect(onSilent).not.toHaveBeenCalled();
    ticks(1);
    expect(onSilent).toHaveBeenCalledTimes(1);
    expect((fewestTicks + 1) * tickMs).toBeLessThanOrEqual(5_000);
    ticks(1_000);
    expect(onSilent).toHaveBeenCalledTimes(1);
  });

  it('asks once, until it has heard something', () => {
    const { heart, ask, ticks } = watch();
    ticks(fewestTicks - 1);
    expect(ask).toHaveBeenCalledTimes(1);
    heart.heard();
    ticks(1);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('does not mind silence for as long as something is heard in time', () => {
    const { onSilent, breathe } = watch();
    for (let i = 0; i < 100; i++) breathe(fewestTicks - 1);
    expect(onSilent).not.toHaveBeenCalled();
  });

  it('is patient with a worker whose parts of work are long', () => {
    const { onSilent, ticks, breathe } = watch();
    breathe(3);
    ticks(timesLongest * 4);
    expect(onSilent).not.toHaveBeenCalled();
    ticks(1);
    expect(onSilent).toHaveBeenCalledTimes(1);
  });

  it('forgets after a minute that they were', () => {
    const { onSilent, ticks, breathe } = watch();
    breathe(3);
    for (let i = 0; i < mostTicks; i++) breathe(0);
    ticks(fewestTicks + 1);
    expect(onSilent).toHaveBeenCalledTimes(1);
  });

  it('waits for a minute at most, also for the slowest and for work of unknown length', () => {
    const slow = watch();
    slow.breathe(fewestTicks - 1);
    slow.breathe(timesLongest * fewestTicks - 1);
    slow.ticks(mostTicks);
    expect(slow.onSilent).not.toHaveBeenCalled();
    slow.ticks(1);
    expect(slow.onSilent).toHaveBeenCalledTimes(1);
    const other = watch(() => mostTicks);
    other.ticks(mostTicks);
    expect(other.onSilent).not.toHaveBeenCalled();
    other.ticks(1);
    expect(other.onSilent).toHaveBeenCalledTimes(1);
  });

  it('does not take the silences of work of unknown length for usual', () => {
    let excused: number = mostTicks;
    const { onSilent, ticks, breathe } = watch(() => excused);
    breathe(50);
    excused = 0;
    ticks(fewestTicks + 1);
    expect(onSilent).toHaveBeenCalledTimes(1);
  });

  it('knows nothing of the silences of the worker before', () => {
    const { heart, onSilent, ticks, breathe } = watch();
    breathe(fewestTicks - 1);
    heart.start(() => 0);
    ticks(fewestTicks + 1);
    expect(onSilent).toHaveBeenCalledTimes(1);
  });

  it('is no false alarm for a laptop that slept: time passes, ticks do not', () => {
    const { onSilent, ticks } = watch();
    ticks(1);
    vi.setSystemTime(Date.now() + 8 * 3_600_000);
    ticks(1);
    expect(onSilent).not.toHaveBeenCalled();
  });

  it('stops when it is told to', () => {
    const { heart, ask, onSilent, ticks } = watch();
    heart.stop();
    ticks(1_000);
    expect(ask).not.toHaveBeenCalled();
    expect(onSilent).not.toHaveBeenCalled();
  });
});
