// A Chromium with a profile of its own that can be killed as a power cut kills it, and started again on what is left.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { chromiumFlags, ensureChromium } from '../support/chromium.ts';

export class KillableBrowser implements AsyncDisposable {
  readonly #profile = mkdtempSync(join(tmpdir(), 'ganvas-profile-'));
  #process: ChildProcess | null = null;
  #browser: Browser | null = null;

  /**
   * Starts it and opens a page; `remembered` is what it finds in localStorage, which a killed browser may not have
   * written.
   */
  async open(url: string, remembered: Readonly<Record<string, unknown>> = {}): Promise<Page> {
    const process = spawn(
      ensureChromium(),
      [
        ...chromiumFlags,
        '--headless',
        '--remote-debugging-port=0',
        '--window-size=1440,1000',
        `--user-data-dir=${this.#profile}`,
        'about:blank',
      ],
      { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.#process = process;
    const endpoint = await new Promise<string>((resolve, reject) => {
      let said = '';
      process.stderr?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /DevTools listening on (\S+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
      process.on('exit', () => reject(new Error(`Chromium did not start: ${said}`)));
    });
    this.#browser = await chromium.connectOverCDP(endpoint);
    const context = this.#browser.contexts()[0];
    if (!context) throw new Error('The browser has no context.');
    await context.addInitScript((items) => {
      for (const [name, value] of Object.entries(items)) localStorage.setItem(name, JSON.stringify(value));
    }, remembered);
    const page = await context.newPage();
    await page.goto(url);
    return page;
  }

  /** Every process of it at once, in the midst of whatever they do. */
  async kill(): Promise<void> {
    const { pid } = this.#process ?? {};
    if (pid === undefined) return;
    const gone = new Promise((resolve) => this.#process?.once('exit', resolve));
    process.kill(-pid, 'SIGKILL');
    await gone;
    this.#process = null;
    await this.#browser?.close().catch(() => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
