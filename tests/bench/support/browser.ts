// The browser of the benches: found and flagged as that of the tests, and asked what it draws with and what memory it
// takes.
import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { chromiumFlags, ensureChromium, webgpuFlags } from '../../support/chromium.ts';

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureChromium(), args: [...chromiumFlags, ...webgpuFlags] });
}

/** A page in a browser of its own: nothing that another has compiled, cached or allocated is there. */
export async function openAlone(options: BrowserContextOptions = {}): Promise<{ browser: Browser; page: Page }> {
  const browser = await launch();
  // A service worker fetches all files behind the page's back, which is not what is measured.
  const context = await browser.newContext({ serviceWorkers: 'block', ...options });
  // tsx names the functions that it compiles, by a helper which the page does not have.
  await context.addInitScript({ content: 'globalThis.__name = (named) => named;' });
  return { browser, page: await context.newPage() };
}

/** The devices behind WebGL and WebGPU, in their drivers' words. */
export function devicesOf(page: Page): Promise<{ webgl: string; webgpu: string }> {
  return page.evaluate(async () => {
    const gl = document.createElement('canvas').getContext('webgl2');
    const info = gl?.getExtension('WEBGL_debug_renderer_info');
    const webgl = gl === null ? 'none' : String(gl.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
    const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<{ info: Record<string, string> } | null> } };
    const adapter = (await gpu?.requestAdapter().catch(() => null)) ?? null;
    const words = adapter && ['vendor', 'architecture', 'device', 'description'].map((name) => adapter.info[name]);
    return { webgl, webgpu: words?.filter(Boolean).join(' ') ?? 'none' };
  });
}

export interface ProcessMemory {
  /** Resident now. */
  readonly now: number;
  /** The most that was ever resident: each process's own peak, added up. Never less than the peak of the sum. */
  readonly peak: number;
}

/**
 * Resident memory of the processes that compute for a browser's only page, its renderer and the GPU process, as Linux
 * counts it (VmRSS and VmHWM); null on other systems. Chromium itself is in it, and what a GPU holds in memory of its
 * own is not.
 */
export async function processMemory(browser: Browser): Promise<ProcessMemory | null> {
  if (process.platform !== 'linux') return null;
  const session = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const ofKind = (kind: RegExp) => processInfo.filter(({ type }) => kind.test(type));
    // Chromium keeps a spare renderer at hand: the page's own is the one that has worked most.
    const renderers = ofKind(/^renderer$/i).sort((a, b) => b.cpuTime - a.cpuTime);
    let [now, peak] = [0, 0];
    for (const { id } of [...renderers.slice(0, 1), ...ofKind(/^gpu$/i)]) {
      const status = readFileSync(`/proc/${id}/status`, 'utf8');
      const bytes = (name: string) => 1024 * Number(new RegExp(`${name}:\\s*(\\d+) kB`).exec(status)?.[1] ?? 0);
      now += bytes('VmRSS');
      peak += bytes('VmHWM');
    }
    return { now, peak };
  } finally {
    await session.detach();
  }
}
