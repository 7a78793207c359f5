// How the project is tested: the page's own configuration, and three test projects on top of it.
import { playwright } from '@vitest/browser-playwright';
import { mergeConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import { goldenFiles } from './tests/golden/goldenFiles.ts';
import { chromiumFlags, findChromium, webgpuFlags } from './tests/support/chromium.ts';
import { holdBack, letThrough } from './tests/support/holdBack.ts';
import page from './vite.config.ts';

// The numbers decide what a digit looks like, so tests that train get minutes, not seconds: SwiftShader is slow.
const slow = { testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 30_000 } } };

const longest = 'tests/worker/leaks.browser.test.ts';

export default mergeConfig(
  page,
  defineConfig({
    test: {
      // Each project reads this file again, and knows nothing of the mode that the command line names.
      env: { GANVAS_LONG: process.env.GANVAS_LONG ?? '' },
      reporters: ['default', './tests/support/countReporter.ts'],
      // The files that train load every core; side by side they only slow each other down. So do the projects
      // (groupOrder), but for
      // node's beside the browser's: those compute on one thread each.
      fileParallelism: false,
      projects: [
        {
          extends: true,
          test: {
            name: 'node',
            sequence: { groupOrder: 0 },
            environment: 'node',
            include: ['tests/**/*.test.ts'],
            exclude: ['tests/e2e/**', 'tests/browsers/**', 'tests/**/*.browser.test.ts'],
            ...slow,
          },
        },
        {
          extends: true,
          // Found here and not when a test asks for it: a late find makes Vite reload the page in the middle of a test.
          optimizeDeps: {
            entries: [
              'tests/**/*.browser.test.ts',
              'src/worker/entry.ts',
              'src/worker/renderEntry.ts',
              'src/ui/main.tsx',
            ],
          },
          test: {
            name: 'browser',
            sequence: { groupOrder: 0 },
            include: ['tests/**/*.browser.test.ts'],
            ...slow,
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              commands: { goldenFiles: () => goldenFiles(), holdBack, letThrough },
              provider: playwright({
                launchOptions: { args: [...chromiumFlags, ...webgpuFlags], executablePath: findChromium() ?? '' },
              }),
              // A thousand steps on each backend in a browser of their own: one alone leaves part of the second core
              // idle.
              instances: [
                { browser: 'chromium', exclude: [longest] },
                { browser: 'chromium', name: 'browser, leaks', include: [longest] },
              ],
            },
          },
        },
        {
          extends: true,
          test: {
            name: 'e2e',
            sequence: { groupOrder: 1 },
            environment: 'node',
            include: ['tests/e2e/**/*.test.ts'],
            // One page trains on every core.
            fileParallelism: false,
            globalSetup: './tests/e2e/servePage.ts',
            ...slow,
          },
        },
      ],
    },
  }),
);
