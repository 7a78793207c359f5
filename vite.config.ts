// How the page is built, served and tested: one bundle for any path, its headers and service worker, three test projects.
import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { wasmKernels } from './src/gan/ops/wasm/compile.ts';
import { securityHeaders } from './src/hosting/headers.ts';
import { installable } from './src/hosting/installable.ts';
import { isolation } from './src/hosting/policy.ts';
import { goldenFiles } from './tests/golden/goldenFiles.ts';
import { chromiumFlags, findChromium, webgpuFlags } from './tests/support/chromium.ts';
import { holdBack, letThrough } from './tests/support/holdBack.ts';

const tokens = readFileSync(new URL('./src/app/tokens.css', import.meta.url), 'utf8');

/**
 * The WASM backend's threaded build starts eight threads before anything else. We want its shared memory and no thread of its own:
 * ours (src/worker/kernelThread.ts) do the work, and each of the eight is a worker to load, from a blob that a policy must allow.
 */
const noThreadsOfItsOwn: Plugin = {
  name: 'no-threads-of-its-own',
  transform(code, id) {
    if (!id.endsWith('tfjs-backend-wasm-threaded-simd.js')) return null;
    const pool = 'var pthreadPoolSize=8;';
    const wait = 'var numWorkersToLoad=PThread.unusedWorkers.length;';
    if (!code.includes(pool) || !code.includes(wait))
      this.error('The WASM backend has changed: see how its threads are kept from starting now.');
    const started = 'removeRunDependency("wasm-instantiate");';
    return { code: code.replace(pool, 'var pthreadPoolSize=0;').replace(wait, `${started}${wait}`), map: null };
  },
};

// The numbers decide what a digit looks like, so tests that train get minutes, not seconds: SwiftShader is slow.
const slow = { testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 30_000 } } };

const longest = 'tests/worker/leaks.browser.test.ts';

export default defineConfig({
  base: './',
  plugins: [react(), wasmKernels(), securityHeaders(), installable(tokens)],
  worker: { format: 'es', plugins: () => [noThreadsOfItsOwn, wasmKernels()] },
  // Which plugin took how long is no news to whoever wants the page.
  build: { target: 'es2022', chunkSizeWarningLimit: 2_000, rolldownOptions: { checks: { pluginTimings: false } } },
  optimizeDeps: { rolldownOptions: { plugins: [noThreadsOfItsOwn] } },
  server: { headers: isolation },
  test: {
    reporters: ['default', './tests/support/countReporter.ts'],
    // The files that train load every core; side by side they only slow each other down. So do the projects (groupOrder), but for
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
          exclude: ['tests/e2e/**', 'tests/**/*.browser.test.ts'],
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
            'src/app/main.tsx',
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
            // A thousand steps on each backend in a browser of their own: one alone leaves part of the second core idle.
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
          // A browser waits as often as it computes.
          fileParallelism: true,
          maxWorkers: 2,
          globalSetup: './tests/e2e/servePage.ts',
          ...slow,
        },
      },
    ],
  },
});
