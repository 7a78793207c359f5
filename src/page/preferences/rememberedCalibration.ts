// The measurements of this device's accelerators, remembered from visit to visit where the browser allows it.
import type { Calibration } from '../../protocol/devices.ts';
import { keep, recall } from './storage.ts';

const key = 'ganvas-accelerators';

/** As stored, or null: the worker checks whether it is whole, sane, and of this device. */
export const recallCalibration = (): unknown => recall(key);

/** null forgets. */
export const keepCalibration = (calibration: Calibration | null): boolean => keep(key, calibration);
