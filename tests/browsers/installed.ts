// The browsers that the tests run in, where they are installed.
import { inject } from 'vitest';
import type { Browser } from './driver.ts';
import { hasFirefox, miniBrowser } from './find.ts';
import { openFirefox } from './firefox.ts';
import { openWebKit } from './webkit.ts';

export interface Installed {
  readonly name: string;
  readonly here: boolean;
  /** Whether the page gets memory that its threads share, hence threads. */
  readonly threads: boolean;
  readonly open: () => Promise<Browser>;
}

/** Debian's WebKit has SharedArrayBuffer only where it is asked for. */
const openMiniBrowser = (shared: boolean): Promise<Browser> =>
  openWebKit({
    binary: miniBrowser ?? '',
    environment: { DISPLAY: inject('display'), ...(shared && { JSC_useSharedArrayBuffer: '1' }) },
  });

export const webkit: Installed = {
  name: 'WebKit',
  here: miniBrowser !== null,
  threads: false,
  open: () => openMiniBrowser(false),
};

export const webkitWithThreads: Installed = {
  name: 'WebKit with SharedArrayBuffer',
  here: miniBrowser !== null,
  threads: true,
  open: () => openMiniBrowser(true),
};

export const firefox: Installed = { name: 'Firefox', here: hasFirefox, threads: true, open: () => openFirefox() };

export const installed: readonly Installed[] = [firefox, webkit, webkitWithThreads];
