// How the switches get at what they switch.
import { createContext } from 'react';
import type { Attention } from '../../page/device/attention.ts';

export const AttentionContext = createContext<Attention | null>(null);
