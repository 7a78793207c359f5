// When the current run is saved, what becomes of the list and of what is compared, and that the page works on where
// nothing can be kept.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { presets } from '../../../src/config/presets.ts';
import { History } from '../../../src/files/history.ts';
import { createRunHistory } from '../../../src/page/runHistory/runHistory.ts';
import { comparedRuns, type RunHistoryState } from '../../../src/page/state/runHistory.ts';
import { createPageStore, type PageState } from '../../../src/page/state/store.ts';
import { FakeArchive } from '../../support/fakeArchive.ts';
import { describeRun, metricsOf, settle } from '../../support/fakeWorker.ts';
import { sentenceOf } from '../../support/sentence.ts';
import { sampleRecord } from './sampleRecord.ts';

const troubleSaid = ({ trouble }: RunHistoryState): string | null => trouble && sentenceOf(trouble);

function openBench() {
  const store = createPageStore();
  const history = new History();
  const archive = new FakeArchive();
  const runs = createRunHistory(store, history, async () => archive);
  const set = async (change: Partial<PageState>): Promise<void> => {
    store.setState(change);
    await settle();
  };
  const begin = async (run: string): Promise<void> => {
    runs.end();
    history.clear();
    const { config } = presets.light;
    await set({
      workerRun: run,
      config,
      description: describeRun(run, config),
      last: null,
      session: 'ready',
      finished: null,
    });
  };
  const step = async (number: number): Promise<void> => {
    history.append(metricsOf(number, 1));
    await set({ last: history.last() });
  };
  const kept = () => [...archive.records.values()];
  const state = () => store.getState().runs;
  return { ...runs, store, history, archive, set, begin, step, kept, state };
}

/** A run in training, a few seconds old. */
async function training() {
  const bench = openBench();
  await bench.begin('one');
  await bench.set({ session: 'training' });
  await vi.advanceTimersByTimeAsync(2_000);
  await bench.step(1);
  return bench;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the current run', () => {
  it('is not kept before its first step', async () => {
    const bench = openBench();
    await bench.begin('one');
    await bench.set({ session: 'training' });
    await bench.save();
    await bench.set({ session: 'paused' });
    await bench.begin('two');
    expect(bench.kept()).toEqual([]);
    expect(bench.state().current).toBeNull();
  });

  it('is saved at a pause, with the time that it has trained, pauses left out', async () => {
    const bench = await training();
    await bench.set({ session: 'paused' });
    expect(bench.kept()).toMatchObject([{ steps: 1, seconds: 2, ended: null }]);
    await vi.advanceTimersByTimeAsync(60_000);
    await bench.set({ session: 'training' });
    await vi.advanceTimersByTimeAsync(3_000);
    await bench.step(2);
    await bench.set({ session: 'paused', finished: 'epochs' });
    expect(bench.kept()).toMatchObject([{ steps: 2, seconds: 5, ended: 'epochs' }]);
  });

  it('is saved with the digits that come after the pause, and with those of half-steps', async () => {
    const bench = await training();
    await bench.set({ session: 'paused' });
    const grid = (step: number) => ({
      step,
      half: false,
      pictures: { pixels: new Uint8Array(64 * 784).fill(step), count: 64 },
      realness: new Float32Array(64),
    });
    for (const step of [1, 2]) {
      bench.history.frames.add(grid(step));
      await bench.set({ grid: grid(step) });
      expect(bench.kept()[0]?.grid?.[0]).toBe(step);
    }
  });

  it('is saved at its first step and then every fifteen seconds of training, in one record', async () => {
    const bench = await training();
    expect(bench.archive.saves).toBe(1);
    for (let i = 2; i < 34; i++) {
      await vi.advanceTimersByTimeAsync(1_000);
      await bench.step(i);
    }
    expect(bench.archive.saves).toBe(3);
    expect(bench.kept()).toHaveLength(1);
  });

  it('is saved when another takes its place, as it was', async () => {
    const bench = await training();
    await bench.step(2);
    await bench.begin('two');
    expect(bench.kept()).toMatchObject([{ steps: 2 }]);
    expect(bench.state().current).toBeNull();
    await bench.set({ session: 'training' });
    await bench.step(1);
    await bench.set({ session: 'paused' });
    expect(bench.kept().map(({ steps }) => steps)).toEqual([2, 1]);
    expect(bench.state().current).toBe(bench.kept()[1]?.runId);
  });

  it('is not saved with the settings of the next, which may be set before that begins', async () => {
    const bench = await training();
    bench.end();
    await bench.set({ config: { ...presets.light.config, filters: 8 } });
    await bench.save();
    await bench.begin('two');
    expect(bench.kept().map(({ config }) => config.filters)).toEqual([32]);
  });

  it('is saved when training fails, and when the page asks for it', async () => {
    const bench = await training();
    await bench.step(2);
    await bench.save();
    expect(bench.kept()).toMatchObject([{ steps: 2 }]);
    await bench.set({ session: 'failed' });
    expect(bench.kept()).toMatchObject([{ ended: 'failed' }]);
  });

  it('stays deleted when the visitor has deleted it, although it trains on', async () => {
    const bench = await training();
    await bench.save();
    await bench.delete(bench.kept()[0]?.runId ?? '');
    await bench.step(2);
    await bench.set({ session: 'paused' });
    expect(bench.kept()).toEqual([]);
  });

  it('out of a file is not kept before it is trained: the visitor has the file', async () => {
    const bench = openBench();
    const resumed = { dataset: 'mnist', started: 1_000, seconds: 60, damaged: 0 } as const;
    await bench.set({ workerRun: 'opened', description: { ...describeRun('opened'), resumed }, session: 'ready' });
    await bench.step(40);
    await bench.save();
    expect(bench.kept()).toEqual([]);
    await bench.set({ session: 'training' });
    await bench.step(41);
    await bench.set({ session: 'paused' });
    expect(bench.kept()).toMatchObject([{ runId: 'opened', steps: 41, started: 1_000 }]);
  });

  it('goes on as the run that it was when it is taken up again', async () => {
    const bench = await training();
    await bench.save();
    const resumed = { dataset: 'mnist', started: 1_000, seconds: 60, damaged: 0 } as const;
    await bench.set({ workerRun: 'again', description: { ...describeRun('again'), runId: 'an-older-run', resumed } });
    await bench.step(2);
    await bench.save();
    const again = bench.kept().find(({ runId }) => runId === 'an-older-run');
    expect(again?.started).toBe(1_000);
    expect(again?.seconds).toBeGreaterThanOrEqual(60);
  });

  it('makes room for itself where the disk is full: the oldest goes first', async () => {
    const bench = await training();
    const old = { ...sampleRecord(), runId: 'old', started: 1 };
    const older = { ...sampleRecord(), runId: 'older', started: 0 };
    bench.archive.records.set('old', old);
    bench.archive.records.set('older', older);
    bench.archive.fullUntil = 2;
    await bench.save();
    expect(bench.kept().map(({ runId }) => runId)).not.toContain('older');
    expect(bench.kept().map(({ runId }) => runId)).toContain('old');
    expect(bench.state().trouble).toBeNull();
  });

  it('makes it once where that does not help, says so, and lists what is left', async () => {
    const bench = await training();
    for (const [started, runId] of ['older', 'old', 'other'].entries()) {
      bench.archive.records.set(runId, { ...sampleRecord(), runId, started });
    }
    await bench.read();
    bench.archive.fullUntil = 0;
    for (const _ of [1, 2, 3]) await bench.save();
    const others = () => bench.kept().filter(({ runId }) => ['older', 'old', 'other'].includes(runId)).length;
    const left = others();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(3);
    expect(troubleSaid(bench.state())).toMatch(/no more room/);
    expect(bench.state().list?.map(({ runId }) => runId)).not.toContain('older');
    expect(bench.state().count).toBe(bench.kept().length);
    await bench.save();
    expect(others()).toBe(left);
  });
});

describe('the list', () => {
  it('is counted at first, read when it is asked for, newest first, and then kept current', async () => {
    const bench = openBench();
    bench.archive.records.set('a', sampleRecord({ runId: 'a', started: 1 }));
    bench.archive.records.set('b', sampleRecord({ runId: 'b', started: 2 }));
    bench.archive.damaged = 1;
    await bench.look();
    expect(bench.state()).toMatchObject({ count: 3, list: null });
    await bench.read();
    expect(bench.state()).toMatchObject({ count: 3, damaged: 1, list: [{ runId: 'b' }, { runId: 'a' }] });
    await bench.begin('one');
    await bench.set({ session: 'training' });
    await bench.step(1);
    await bench.save();
    expect(bench.state()).toMatchObject({ count: 4, list: [{ steps: 1 }, { runId: 'b' }, { runId: 'a' }] });
    await bench.delete('b');
    expect(bench.state().list?.slice(1)).toMatchObject([{ runId: 'a' }]);
    await bench.deleteAll();
    expect(bench.state()).toMatchObject({ count: 0, damaged: 0, list: [] });
  });

  it('loses the oldest when there are too many', async () => {
    const bench = openBench();
    for (let i = 0; i < 40; i++) bench.archive.records.set(`${i}`, sampleRecord({ runId: `${i}`, started: i }));
    await bench.read();
    bench.compare('0', true);
    bench.compare('1', true);
    await bench.begin('one');
    await bench.set({ session: 'training' });
    await bench.step(1);
    await bench.save();
    expect(bench.state().count).toBe(40);
    expect(bench.state().list?.some(({ runId }) => runId === '0')).toBe(false);
    expect(bench.state().compared).toEqual([null, '1', null, null]);
  });
});

describe('what is compared', () => {
  it('are up to four, each under a number that it keeps', async () => {
    const bench = openBench();
    for (const runId of ['a', 'b', 'c', 'd', 'e']) bench.archive.records.set(runId, sampleRecord({ runId }));
    await bench.read();
    for (const runId of ['a', 'b', 'c', 'd', 'e', 'a']) bench.compare(runId, true);
    const numbers = () => comparedRuns(bench.state()).map(({ number, record }) => `${number}${record.runId}`);
    expect(numbers()).toEqual(['1a', '2b', '3c', '4d']);
    bench.compare('b', false);
    expect(numbers()).toEqual(['1a', '3c', '4d']);
    bench.compare('e', true);
    expect(numbers()).toEqual(['1a', '2e', '3c', '4d']);
    await bench.delete('a');
    expect(numbers()).toEqual(['2e', '3c', '4d']);
  });
});

describe('where nothing can be kept', () => {
  it.each([
    ['no storage', new DOMException('denied', 'SecurityError'), /keeps nothing for this page/],
    ['no room', new DOMException('full', 'QuotaExceededError'), /no more room/],
    ['a newer version', new DOMException('newer', 'VersionError'), /newer version of this page/],
    ['anything else', new TypeError('odd'), /cannot be kept at the moment: odd/],
  ])('for %s, the panel says so and nothing else does', async (_, failure, said) => {
    const bench = await training();
    bench.archive.failure = failure;
    await bench.look();
    await bench.set({ session: 'paused' });
    expect(troubleSaid(bench.state())).toMatch(said);
    expect(bench.state().count).toBe(1);
    expect(bench.store.getState().problems).toEqual([]);
    // As soon as it works again, it is as if nothing had been.
    bench.archive.failure = null;
    await bench.save();
    expect(bench.state()).toMatchObject({ trouble: null, count: 1 });
  });
});
