// What the page keeps of the accelerators from one visit to the next, and what it does where it may keep nothing.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keepCalibration, recallCalibration } from '../../src/page/preferences/rememberedCalibration.ts';

function storage(): Map<string, string> {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  return kept;
}

afterEach(() => vi.unstubAllGlobals());

describe('what was measured', () => {
  const calibration = { device: 'this one', measurements: [] };

  it('is kept, and forgotten', () => {
    storage();
    expect(recallCalibration()).toBeNull();
    keepCalibration(calibration);
    expect(recallCalibration()).toEqual(calibration);
    keepCalibration(null);
    expect(recallCalibration()).toBeNull();
  });

  it('is nothing where what is kept is damaged', () => {
    const kept = storage();
    keepCalibration(calibration);
    for (const key of kept.keys()) kept.set(key, '{"device": ');
    expect(recallCalibration()).toBeNull();
  });

  it('is nothing, without complaint, where the browser keeps nothing', () => {
    vi.stubGlobal('localStorage', undefined);
    keepCalibration(calibration);
    expect(recallCalibration()).toBeNull();
  });
});
