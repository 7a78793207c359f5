// Which moment the grid shows: the newest until the visitor goes back, and for as long as the curves' cursor is there,
// that one.
import { describe, expect, it } from 'vitest';
import { History } from '../../src/files/history.ts';
import { glance, goTo, gridSeen, placeOf } from '../../src/page/explore/frameShown.ts';
import { newestFrame } from '../../src/page/state/frameShown.ts';
import { applyEvent, createPageStore } from '../../src/page/state/store.ts';

function openBench() {
  const store = createPageStore();
  const history = new History();
  store.setState({ workerRun: 'a', touched: true, session: 'training' });
  const grid = (step: number): void => {
    const pictures = { pixels: new Uint8Array(64 * 784), count: 64 };
    const payload = { step, half: false, pictures, realness: new Float32Array(64).fill(step / 100) };
    const event = { kind: 'event', workerRun: 'a', name: 'grid', payload } as const;
    store.setState(applyEvent(store.getState(), event, history));
  };
  const seen = () => gridSeen(store.getState())?.step ?? null;
  return { store, history, grid, seen };
}

describe('the moment that the grid shows', () => {
  it('is the newest, as long as nobody goes back', () => {
    const bench = openBench();
    expect(bench.seen()).toBeNull();
    for (const step of [0, 10, 20]) {
      bench.grid(step);
      expect(bench.seen()).toBe(step);
      expect(placeOf(bench, null)).toBe(bench.history.frames.length - 1);
    }
  });

  it('stays where the visitor went back to while training goes on, with the verdicts of then', () => {
    const bench = openBench();
    for (const step of [0, 10, 20]) bench.grid(step);
    goTo(bench, 1);
    bench.grid(30);
    const { frameShown, grid } = bench.store.getState();
    expect(bench.seen()).toBe(10);
    expect(gridSeen(bench.store.getState())?.realness[0]).toBeCloseTo(0.1);
    expect(grid?.step).toBe(30);
    expect(placeOf(bench, frameShown.held)).toBe(1);
  });

  it('follows training again at the right end', () => {
    const bench = openBench();
    for (const step of [0, 10, 20]) bench.grid(step);
    goTo(bench, 0);
    goTo(bench, 2);
    expect(bench.store.getState().frameShown.held).toBeNull();
    bench.grid(30);
    expect(bench.seen()).toBe(30);
  });

  it('is the one nearest to the curves’ cursor while that is there, and then again what it was', () => {
    const bench = openBench();
    for (const step of [0, 10, 20, 30]) bench.grid(step);
    goTo(bench, 1);
    glance(bench, 19);
    expect(bench.seen()).toBe(20);
    glance(bench, null);
    expect(bench.seen()).toBe(10);
  });

  it('changes nothing for those who listen when the cursor moves to a step with the same grid', () => {
    const bench = openBench();
    for (const step of [0, 10, 20]) bench.grid(step);
    let changes = 0;
    bench.store.subscribe(() => changes++);
    for (const step of [8, 9, 10, 11]) glance(bench, step);
    expect(changes).toBe(1);
  });

  it('stays although its grid is thinned out', () => {
    const bench = openBench();
    bench.grid(0);
    bench.grid(500);
    bench.grid(501);
    bench.grid(502);
    goTo(bench, 2);
    for (let step = 503; step < 800; step++) bench.grid(step);
    const { held } = bench.store.getState().frameShown;
    expect(bench.seen()).toBe(501);
    expect(Math.abs((bench.history.frames.at(placeOf(bench, held))?.step ?? 0) - 501)).toBeLessThan(10);
  });

  it('is nothing of a run that is over', () => {
    const bench = openBench();
    for (const step of [0, 10, 20]) bench.grid(step);
    goTo(bench, 0);
    bench.history.clear();
    bench.store.setState({ frameShown: newestFrame });
    glance(bench, 10);
    expect(bench.store.getState().frameShown).toEqual(newestFrame);
  });
});
