// A worker holds one session, whichever chunks it loads: WebKit evaluates an entry again when a chunk imports it.
import { describe, expect, it } from 'vitest';
import { webkit } from './installed.ts';
import { noted, press, setUpSmall, stepOf, untilStatus, untilStep, visit } from './page.ts';

describe.skipIf(!webkit.here)('WebKit', () => {
  it('answers each request once, after Train, Reset and Train', async () => {
    await using browser = await visit(webkit);
    await setUpSmall(browser);
    await press(browser, 'Train');
    await untilStep(browser, 2);
    await press(browser, 'Reset');
    await untilStatus(browser, /Untrained/);
    await press(browser, 'Train');
    await untilStatus(browser, /Training/);
    await untilStep(browser, 3);
    await press(browser, 'Pause');
    await untilStatus(browser, /Paused/);
    const paused = await stepOf(browser);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await stepOf(browser)).toBe(paused);
    const { answeredTwice, errors, replies } = await noted(browser);
    expect(replies).toBeGreaterThan(5);
    expect(answeredTwice).toEqual([]);
    expect(errors).toEqual([]);
  });
});
