// What was measured of this device's accelerators, kept from one visit to the next where the browser lets us.
import type { Calibration } from '../../protocol/devices.ts';
import { keep, recall } from './storage.ts';

const key = 'ganvas-accelerators';

/** As it was kept, or null: the worker knows whether it is whole, sane, and of this device. */
export const recallCalibration = (): unknown => recall(key);

/** null forgets. */
export const keepCalibration = (calibration: Calibration | null): boolean => keep(key, calibration);
