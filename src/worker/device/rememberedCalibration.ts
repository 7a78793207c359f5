// What an earlier visit measured, as the page hands it over: taken only if it is whole, and of this device.
import { presets } from '../../config/presets.ts';
import type { BackendName, Calibration, Measurement } from '../../protocol/devices.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const backends: Readonly<Record<BackendName, true>> = { webgpu: true, webgl: true, wasm: true, cpu: true };

/** What no device undercuts, and what nobody waits for: any other time is damaged or made up. */
const shortestMs = 0.01;
const longestMs = 600_000;
/** What a driver calls itself and why something failed are sentences at most. */
const longestText = 2_000;

function isMeasurement(value: unknown): value is Measurement {
  if (!isObject(value)) return false;
  const { name, detail, emulated, passed, why, msPerStep, msInTraining } = value;
  if (typeof name !== 'string' || !Object.hasOwn(backends, name)) return false;
  if (!isText(detail) || typeof emulated !== 'boolean') return false;
  if (!(passed === null || typeof passed === 'boolean') || !(why === null || isText(why))) return false;
  return areTimes(msPerStep) && areTimes(msInTraining);
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= longestText;

/** For each preset a time that some device could take for a step, or null. */
const areTimes = (value: unknown): boolean =>
  isObject(value) &&
  Object.keys(presets).every((preset) => {
    const ms = value[preset];
    return ms === null || (typeof ms === 'number' && ms >= shortestMs && ms <= longestMs);
  });

/** null: nothing was kept, or what was kept is of another device, of an older page, or damaged, or says that nothing works. */
export function recall(kept: unknown, device: string): Calibration | null {
  if (!isObject(kept) || kept.device !== device || !Array.isArray(kept.measurements)) return null;
  const measurements: unknown[] = kept.measurements;
  const isOneEach =
    measurements.length === 4 && new Set(measurements.map((each) => isObject(each) && each.name)).size === 4;
  if (!isOneEach || !measurements.every(isMeasurement)) return null;
  // Where nothing passed, nothing could be chosen: better to look again.
  return measurements.some(({ passed }) => passed === true) ? { device, measurements } : null;
}
