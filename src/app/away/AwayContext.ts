// How the switches get at what they switch.
import { createContext } from 'react';
import type { Away } from './away.ts';

export const AwayContext = createContext<Away | null>(null);
