// Run before the tests (npm's pretest): makes sure that there is a browser to run them in.
import { ensureChromium } from './chromium.ts';

try {
  console.log(`Chromium: ${ensureChromium()}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
