// What the page says when something is wrong: exactly one sentence in sight, written for a person.
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { alerts, stepOf, untilStep } from './openPage.ts';

/** Waits for the one alert on the page, and reads it. Fails where there are two, or what no person would write. */
export async function theSentence(page: Page, timeout = 10_000): Promise<string> {
  await expect
    .poll(() => alerts(page).allTextContents(), { timeout, message: 'the alerts' })
    .toEqual([expect.any(String)]);
  const alert = alerts(page);
  expect(await alert.isVisible()).toBe(true);
  const text = ((await alert.textContent()) ?? '').trim();
  // Something happened to something, and it ends; no value without a name, no stack, no code.
  expect(text).toMatch(/^[“\w][^\n]{15,400}\./);
  expect(text).not.toMatch(/undefined|\[object|\bat \w+ \(|null\b/);
  return text;
}

/** What must be as before, after whatever went wrong: it trains, and gets on. */
export async function stillTraining(page: Page): Promise<void> {
  const before = await stepOf(page);
  await untilStep(page, before + 1);
}
