// What is known of a device's backends: when it is enough to choose by, what is kept, and what use puts right.
import { describe, expect, it } from 'vitest';
import type { BackendName, BackendOffer, Measurement } from '../../src/protocol/devices.ts';
import { untried } from '../../src/worker/device/calibration.ts';
import { DeviceProfile } from '../../src/worker/device/deviceProfile.ts';
import { reasonOf } from '../support/sentence.ts';

const offer = (name: BackendName, change: Partial<BackendOffer> = {}): BackendOffer => ({
  name,
  available: true,
  emulated: false,
  detail: { on: 'device', name },
  ...change,
});
const offers = [offer('webgpu', { available: false }), offer('webgl'), offer('wasm'), offer('cpu')];

const lost = { code: 'gpu-lost', facts: {} } as const;

const timed = (name: BackendName, light: number): Measurement => ({
  ...untried(offer(name)),
  passed: true,
  why: null,
  msPerStep: { quick: null, light, tutorial: null },
});

function know(...found: Measurement[]): DeviceProfile {
  const known = new DeviceProfile(offers, 'this');
  known.replace(offers.map((each) => found.find(({ name }) => name === each.name) ?? untried(each)));
  return known;
}

describe('what is known', () => {
  it('is nothing at first, and then what an earlier visit has kept, but never in the place of newer measurements', () => {
    const known = new DeviceProfile(offers, 'this');
    expect([known.calibration, known.automatic, known.isEnough]).toEqual([null, null, false]);
    known.remember(know(timed('webgl', 10), timed('wasm', 20)).calibration);
    expect(known.automatic?.name).toBe('webgl');
    known.remember(know(timed('webgl', 90), timed('wasm', 20)).calibration);
    expect(known.automatic?.name).toBe('webgl');
  });

  it('is not what an earlier visit has kept in another form: a backend twice, or a text without end', () => {
    const { calibration } = know(timed('wasm', 20));
    const measurements = calibration?.measurements ?? [];
    const [first] = measurements;
    for (const kept of [
      { device: 'this', measurements: [...measurements, first] },
      {
        device: 'this',
        measurements: measurements.map((each) => ({ ...each, detail: { on: 'device', name: 'x'.repeat(5000) } })),
      },
    ]) {
      const known = new DeviceProfile(offers, 'this');
      known.remember(kept);
      expect(known.calibration).toBeNull();
    }
  });

  it('measured again, what runs have taken is known still', () => {
    const known = know(timed('wasm', 20));
    known.noteTraining('wasm', 'light', 31);
    known.replace([timed('wasm', 60)]);
    expect(known.measurements).toMatchObject([{ msPerStep: { light: 60 }, msInTraining: { light: 31, quick: null } }]);
  });

  it('is enough to choose by, and worth keeping, when all real devices were tried', () => {
    expect(know(timed('wasm', 20)).found).toMatchObject({ automatic: { name: 'wasm' }, keep: false });
    expect(know(timed('wasm', 20), timed('webgl', 30)).found).toMatchObject({ keep: true });
    const known = know(timed('wasm', 20));
    known.fails('webgl', lost);
    expect(known.found.keep).toBe(true);
    known.fails('wasm', lost);
    expect([known.isEnough, known.automatic]).toEqual([false, null]);
  });

  it('changes with what starts and what fails', () => {
    const known = know(timed('wasm', 20), timed('webgl', 10));
    known.fails('webgl', lost);
    expect(known.automatic?.name).toBe('wasm');
    expect(reasonOf(known.automatic)).toBe('Chosen because WebGL failed: The browser took the GPU away.');
    const gpu = { on: 'device', name: 'a GPU' } as const;
    known.works('webgl', gpu);
    expect(known.automatic).toMatchObject({ name: 'webgl', detail: gpu });
    expect(known.measurements.find(({ name }) => name === 'webgl')).toMatchObject({ passed: true, why: null });
  });

  it('takes over what a step took in a run, beside what was measured, and only where that is news', () => {
    const known = know(timed('wasm', 20), timed('webgl', 10));
    expect(known.noteTraining('wasm', 'light', 30)).toBe(true);
    expect(known.noteTraining('wasm', 'light', 31)).toBe(false);
    expect(known.noteTraining('wasm', 'light', 33)).toBe(true);
    expect(known.measurements.find(({ name }) => name === 'wasm')).toMatchObject({
      msPerStep: { light: 20 },
      msInTraining: { light: 33, tutorial: null },
    });
    // What is compared are measurements: in a run there is more than steps.
    expect(known.automatic?.name).toBe('webgl');
    expect(new DeviceProfile([], 'this').noteTraining('wasm', 'light', 30)).toBe(false);
  });
});
