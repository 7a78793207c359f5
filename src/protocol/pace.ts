// How work goes out to what computes: the two paces, and the one that a backend has until the visitor chooses.
import type { BackendName } from './devices.ts';

/** 'smooth' leaves room for the page, 'full' takes all there is. */
export type Pace = 'smooth' | 'full';

/** Whether a backend is a GPU, real or emulated: what the page draws itself with, too. */
export const isGpu = (backend: BackendName): boolean => backend !== 'wasm' && backend !== 'cpu';

/** A GPU that is never idle draws no page; the processor's cores are shared out by the system. */
export const defaultPace = (backend: BackendName): Pace => (isGpu(backend) ? 'smooth' : 'full');
