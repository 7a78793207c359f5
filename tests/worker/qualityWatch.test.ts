// When quality is measured: as often as promised, never for more than its share of the time, and not at all when called
// off.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Quality } from '../../src/config/quality.ts';
import type { QualityMeter } from '../../src/quality/measure.ts';
import { QualityWatch } from '../../src/worker/quality/qualityWatch.ts';
import { tiny } from '../support/configs.ts';

const quality: Quality = { digits: null, diversity: 0.5 };
const quietly = async (): Promise<void> => {};

/** Measurements that take `took` ms; making the meter takes `making`, once what it needs is here. */
function open({ took = 10, making = 0, isHere = (): boolean => true } = {}) {
  const drawn: Float32Array[] = [];
  const real: Quality[] = [];
  let made = 0;
  let disposed = 0;
  const wait = (ms: number) => void vi.advanceTimersByTime(ms);
  const watch = new QualityWatch({
    config: tiny,
    draw: async (latents) => {
      drawn.push(latents);
      return { pixels: new Float32Array(1), realness: new Float32Array(1) };
    },
    makeMeter: async (between) => {
      if (!isHere()) return null;
      await between();
      made += 1;
      wait(making);
      const dispose = () => {
        disposed += 1;
      };
      const measure = async (_: Float32Array, again: () => Promise<void>) => {
        wait(took);
        await again();
        return quality;
      };
      return { real: quality, measure, dispose } as unknown as QualityMeter;
    },
    onReal: (each) => real.push(each),
  });
  return { watch, drawn, real, made: () => made, disposed: () => disposed };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('quality is measured', () => {
  it('as soon as what it needs is there, which nothing waits for', async () => {
    let here = false;
    const { watch, drawn } = open({ isHere: () => here });
    expect(await watch.look(2, 3, quietly)).toBeNull();
    expect(await watch.look(3, 3.1, quietly)).toBeNull();
    expect(drawn).toEqual([]);
    here = true;
    expect(await watch.look(4, 3.2, quietly)).toMatchObject({ step: 4, seconds: 3.2 });
  });

  it('every three seconds of training where that is cheap, and the real images are looked at once', async () => {
    const { watch, drawn, real, made } = open();
    expect(await watch.look(1, 2.9, quietly)).toBeNull();
    expect(await watch.look(2, 3, quietly)).toEqual({ step: 2, seconds: 3, ...quality });
    expect(await watch.look(3, 5.9, quietly)).toBeNull();
    expect(await watch.look(4, 6, quietly)).not.toBeNull();
    expect([made(), real.length, watch.rows.length]).toEqual([1, 1, 2]);
    // 512 latents, others for each step and the same for the same.
    expect(drawn[0]).toHaveLength(512 * tiny.latent);
    expect(drawn[0]).not.toEqual(drawn[1]);
    const again = open();
    await again.watch.look(2, 3, quietly);
    expect(again.drawn[0]).toEqual(drawn[0]);
  });

  it('seldom where it takes long: less than a twentieth of the time, the first look at the real images included', async () => {
    const { watch } = open({ took: 400, making: 2_000 });
    expect(await watch.look(1, 3, quietly)).not.toBeNull();
    expect(await watch.look(2, 3 + 2.4 * 20, quietly)).toBeNull();
    expect(await watch.look(3, 3 + 2.4 * 25, quietly)).not.toBeNull();
    expect(await watch.look(4, 63 + 0.4 * 20, quietly)).toBeNull();
    expect(await watch.look(5, 63 + 0.4 * 25, quietly)).not.toBeNull();
  });

  it('at the end of training too, once a step, where the real images were looked at before', async () => {
    const { watch, made } = open();
    expect(await watch.look(1, 1, quietly, true)).toBeNull();
    expect(made()).toBe(0);
    expect(await watch.look(3, 3, quietly)).toMatchObject({ step: 3 });
    expect(await watch.look(3, 3.1, quietly, true)).toBeNull();
    expect(await watch.look(4, 3.5, quietly, true)).toMatchObject({ step: 4, seconds: 3.5 });
  });

  it('not when it is called off midway, and at the next look instead', async () => {
    const { watch, made } = open();
    let calls = 0;
    const stop = async () => {
      if (++calls === 2) throw new DOMException('stop', 'AbortError');
    };
    await expect(watch.look(1, 3, stop)).rejects.toThrow('stop');
    expect(watch.rows).toEqual([]);
    expect(await watch.look(2, 3.1, quietly)).not.toBeNull();
    // What was made stays.
    expect(made()).toBe(1);
  });

  it('and what it holds is freed once', async () => {
    const { watch, disposed } = open();
    watch.dispose();
    await watch.look(1, 3, quietly);
    watch.dispose();
    watch.dispose();
    expect(disposed()).toBe(1);
  });
});
