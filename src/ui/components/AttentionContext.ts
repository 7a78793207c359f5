// How the switches get at what they switch.
import { createContext } from 'react';
import type { Away } from '../../page/device/attention.ts';

export const AwayContext = createContext<Away | null>(null);
