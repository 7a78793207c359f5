// How the page is built, served and tested: one bundle for any path, its headers and its service worker.
import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { wasmKernels } from './src/gan/ops/wasm/compile.ts';
import { entriesApart, entriesImportedByNone } from './src/hosting/entries.ts';
import { securityHeaders } from './src/hosting/headers.ts';
import { installable } from './src/hosting/installable.ts';
import { isolation } from './src/hosting/policy.ts';

const tokens = readFileSync(new URL('./src/ui/tokens.css', import.meta.url), 'utf8');

/**
 * The WASM backend's threaded build starts eight threads before anything else. We want its shared memory and no thread of its own:
 * ours (src/worker/device/kernelThread.ts) do the work, and each of the eight is a worker to load, from a blob that a policy must allow.
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

export default defineConfig({
  base: './',
  plugins: [react(), wasmKernels(), securityHeaders(), installable(tokens), entriesImportedByNone()],
  worker: {
    format: 'es',
    plugins: () => [noThreadsOfItsOwn, wasmKernels(), entriesImportedByNone()],
    rolldownOptions: { output: entriesApart },
  },
  // Which plugin took how long is no news to whoever wants the page.
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: { output: entriesApart, checks: { pluginTimings: false } },
  },
  optimizeDeps: { rolldownOptions: { plugins: [noThreadsOfItsOwn] } },
  server: { headers: isolation },
});
