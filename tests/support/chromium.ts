// Where the real browser of the tests comes from: one that is here, or one that this file gets.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';

/**
 * Flags for an unattended Chromium: no sandbox (tests run as root in containers), no traffic of its own,
 * and no throttling, since what is tested includes a hidden tab's worker.
 */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-swiftshader',
  ...(process.env.GANVAS_CHROMIUM_FLAGS?.split(' ').filter(Boolean) ?? []),
];

/** WebGPU as Chromium emulates it; whoever names flags of their own (for a real GPU) gets only those. */
export const webgpuFlags = process.env.GANVAS_CHROMIUM_FLAGS
  ? []
  : ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

const wellKnown = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The path of a Chromium on this machine: GANVAS_CHROMIUM, Playwright's own, or an installed one; null if there is
 * none.
 */
export function findChromium(): string | null {
  const named = process.env.GANVAS_CHROMIUM;
  if (named) return named;
  return [chromium.executablePath(), ...wellKnown].find((path) => path && existsSync(path)) ?? null;
}

/**
 * Finds a Chromium or gets one (Playwright's download, else Debian's package), or throws one sentence on what to
 * install.
 */
export function ensureChromium(): string {
  const here = findChromium();
  if (here) return here;
  const attempts: [string, string[]][] = [
    [process.execPath, [join('node_modules', 'playwright', 'cli.js'), 'install', 'chromium']],
  ];
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    attempts.push(['apt-get', ['update', '-qq']], ['apt-get', ['install', '-y', '-qq', 'chromium']]);
  }
  for (const [command, args] of attempts) {
    console.log(`No Chromium found; trying: ${command} ${args.join(' ')}`);
    try {
      execFileSync(command, args, { stdio: 'inherit', timeout: 600_000 });
    } catch (error) {
      console.log(`That did not work: ${error instanceof Error ? error.message : String(error)}`);
    }
    const found = findChromium();
    if (found) return found;
  }
  throw new Error(
    'The tests need a Chromium: install one (on Debian: apt-get install chromium) or set GANVAS_CHROMIUM to its path.',
  );
}
