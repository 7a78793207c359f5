// Runs a script in Node as Vite sees it, the compiled WASM kernels included: `tsx tests/training/throughVite.ts
// SCRIPT`.
import { resolve } from 'node:path';
import { createServer } from 'vite';

const [script] = process.argv.slice(2);
if (script === undefined) throw new Error('Which script? Give its path from the top of the repository.');
const server = await createServer({ appType: 'custom', logLevel: 'warn', server: { middlewareMode: true, ws: false } });
try {
  await server.ssrLoadModule(resolve(script));
} finally {
  await server.close();
}
