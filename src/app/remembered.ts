// What was measured of this device's accelerators, kept from one visit to the next where the browser lets us.
import type { Calibration } from '../protocol/devices.ts';

const key = 'ganvas-accelerators';

/** As it was kept, or null: the worker knows whether it is whole, and of this device. */
export function recallCalibration(): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    // Storage is off, or what is in it is not ours: the accelerators are measured again.
    return null;
  }
}

/** null forgets. */
export function keepCalibration(calibration: Calibration | null): void {
  try {
    if (calibration === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(calibration));
  } catch {
    // Storage is off: the next visit measures again.
  }
}
