// The journey of a new visitor in Debian's Firefox and WebKit: from the first sight to a run at home, and back.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Browser, until } from './driver.ts';
import { installed } from './installed.ts';
import {
  hasCurves,
  noted,
  pixelsOf,
  press,
  setUpSmall,
  slide,
  statusOf,
  stepOf,
  textOf,
  untilChanged,
  untilStatus,
  untilStep,
  untilStill,
  visit,
} from './page.ts';

/** The path of a finished download whose name matches. */
const downloaded = ({ downloads }: Browser, pattern: RegExp): Promise<string> =>
  until(`a download like ${pattern}`, async () => {
    const name = readdirSync(downloads).find((each) => pattern.test(each));
    // Firefox writes beside it until it is whole, WebKit into it.
    if (name === undefined || existsSync(join(downloads, `${name}.part`))) return null;
    const bytes = readFileSync(join(downloads, name));
    // A zip ends with its directory's end record.
    return bytes.includes('PK\x05\x06', Math.max(0, bytes.length - 64), 'latin1') && join(downloads, name);
  });

describe.each(installed)('$name', (each) => {
  it.skipIf(!each.here)('trains, draws, pauses, takes home, comes back and goes on', async () => {
    await using browser = await visit(each);
    await setUpSmall(browser);
    expect(await browser.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(await browser.evaluate(() => typeof SharedArrayBuffer !== 'undefined')).toBe(each.threads);

    // Curves and digits move.
    const noise = await pixelsOf(browser, 'Generated digits');
    expect(await hasCurves(browser)).toBe(false);
    await press(browser, 'Train');
    await untilStep(browser, 4);
    expect(await statusOf(browser)).toMatch(/Built-in digits, 10,000 images/);
    await untilChanged(browser, 'Generated digits', noise);
    await until('the loss curves have a line', () => hasCurves(browser));

    // The sliders draw while training goes on.
    await press(browser, 'Random digit');
    const explored = await pixelsOf(browser, 'Explored digit');
    await slide(browser, 'Latent value', 20);
    await untilChanged(browser, 'Explored digit', explored);

    await press(browser, 'Pause');
    await untilStatus(browser, /Paused/);
    const paused = await stepOf(browser);
    const last = await untilStill(browser, 'Generated digits');
    expect(last).not.toBe(noise);
    await press(browser, 'Download weights');
    const weights = await downloaded(browser, /^ganvas-.*\.zip$/);
    expect((await noted(browser)).errors).toEqual([]);

    // The next visit goes on where this one was.
    await browser.reload();
    await press(browser, 'Continue');
    await untilStatus(browser, /Ready to go on/);
    expect(await stepOf(browser)).toBe(paused);
    await until('the digits are as before', async () => (await pixelsOf(browser, 'Generated digits')) === last);
    await press(browser, 'Train');
    await untilStep(browser, paused + 2);
    await press(browser, 'Pause');
    await untilStatus(browser, /Paused/);
    const further = await untilStill(browser, 'Generated digits');
    expect(further).not.toBe(last);

    // The file brings the digits back.
    await browser.giveFiles('input[type="file"][accept*="zip"]', [weights]);
    await until('the file’s digits stand', async () => (await pixelsOf(browser, 'Generated digits')) === last);
    await press(browser, 'Train');
    await untilStatus(browser, /Training/);
    const { errors, answeredTwice } = await noted(browser);
    expect(errors).toEqual([]);
    expect(answeredTwice).toEqual([]);
    expect(await textOf(browser)).not.toMatch(/stopped answering|crashed/);
  });
});
