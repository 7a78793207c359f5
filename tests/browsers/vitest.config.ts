// The tests in Debian's Firefox and WebKit: one after another, on the page that was built before.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['tests/browsers/**/*.test.ts'],
    reporters: ['default', './tests/support/countReporter.ts'],
    globalSetup: './tests/browsers/serve.ts',
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
