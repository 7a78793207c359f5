// What went wrong in Firefox or WebKit alone: blocked cookies, scrambled pictures, narrow pages, frames.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { png } from '../e2e/handOver.ts';
import { until } from './driver.ts';
import { openFirefox } from './firefox.ts';
import { firefox, webkit } from './installed.ts';
import { noted, press, setUpSmall, textOf, untilStatus, untilStep, visit } from './page.ts';

describe.skipIf(!firefox.here)('Firefox', () => {
  it('with cookies blocked trains, and says that the run is not kept', async () => {
    await using browser = await visit({ open: () => openFirefox({ 'network.cookie.cookieBehavior': 2 }) });
    await setUpSmall(browser);
    await press(browser, 'Train');
    await untilStep(browser, 2);
    await press(browser, 'Pause');
    await untilStatus(browser, /Paused/);
    const says = /Save the run to a file before the page is closed\./;
    await until('the page says that the run is not kept', async () => says.test(await textOf(browser)), 30);
    expect((await noted(browser)).errors).toEqual([]);
  });

  it('with its protection against fingerprinting says that it hides pictures from the page', async () => {
    await using browser = await visit({ open: () => openFirefox({ 'privacy.resistFingerprinting': true }) });
    await untilStatus(browser, /Untrained/);
    const one = png(28, 28, (x, y) => (Math.abs(x - 14) < 3 && y > 4 && y < 24 ? 255 : 0));
    const pictures = Array.from({ length: 64 }, (_, i) => join(browser.downloads, `digit-${i}.png`));
    for (const picture of pictures) writeFileSync(picture, one);
    await browser.evaluate(() => {
      const choice = [...document.querySelectorAll('select')].find((each) => each.value === 'mnist');
      Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')?.set?.call(choice, 'own');
      choice?.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await until('files can be chosen', () => browser.evaluate(() => document.querySelector('dialog[open]') !== null));
    await browser.giveFiles('dialog input[type="file"]', pictures);
    const says = /This browser hides pictures from the page/;
    await until('the page says so', async () => says.test(await textOf(browser)), 30);
  });

  it('in a frame loads the page once, and does not blame the page’s host', async () => {
    await using browser = await visit(firefox, 'frame.html');
    const inFrame = () =>
      browser.evaluate(() => {
        const page = window.frames[0] as Window & typeof globalThis;
        const [navigation] = page.performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
        const { controller } = page.navigator.serviceWorker;
        return { type: navigation?.type, kept: controller !== null, text: page.document.body?.innerText ?? '' };
      });
    await until('the page is kept and its accelerators are known', async () => {
      const { kept, text } = await inFrame();
      return kept && /1 thread/.test(text);
    });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { type, text } = await inFrame();
    expect(type).toBe('navigate');
    expect(text).toMatch(/1 thread: in a frame/);
    expect(text).not.toMatch(/served without/);
  });
});

describe.skipIf(!webkit.here)('WebKit', () => {
  it('shows the whole of Train at 390 pixels', async () => {
    await using browser = await visit(webkit, 'frame.html');
    const train = await until('Train is there', () =>
      browser.evaluate(() => {
        const page = window.frames[0]?.document;
        const button = [...(page?.querySelectorAll('button') ?? [])].find((each) => each.innerText.trim() === 'Train');
        if (button === undefined) return null;
        const { left, right } = button.getBoundingClientRect();
        // The arrow is not drawn on narrow screens.
        const drawn = [...button.children].filter((each) => each.getClientRects().length > 0);
        const inside = drawn.map((each) => each.getBoundingClientRect());
        return {
          width: right - left,
          isWhole: inside.every((each) => each.left >= left && each.right <= right),
          page: [page?.documentElement.scrollWidth, page?.documentElement.clientWidth],
        };
      }),
    );
    expect(train.isWhole).toBe(true);
    expect(train.width).toBeGreaterThan(70);
    expect(train.page).toEqual([390, 390]);
  });

  it('does not scroll the rail sideways', async () => {
    await using browser = await visit(webkit);
    const wide = await until('the settings are there', () =>
      browser.evaluate(() => {
        let rail = document.querySelector('select')?.parentElement ?? null;
        while (rail !== null && getComputedStyle(rail).overflowY !== 'auto') rail = rail.parentElement;
        return rail && [rail.scrollWidth, rail.clientWidth];
      }),
    );
    expect(wide[0]).toBe(wide[1]);
  });
});
