// Counts which lines and branches of src run, in the built page and its workers: a Vite plugin for `npm run coverage`
// alone.
import { resolve } from 'node:path';
import { createInstrumenter } from 'istanbul-lib-instrument';
import type { Plugin } from 'vite';

const source = resolve(import.meta.dirname, '../../src');

/** Set while coverage is measured: the folder for the counters of each browser window. */
export const coverageFolder: string | undefined = process.env.GANVAS_COVERAGE;

/**
 * The counters are in `globalThis.__coverage__`. The page's policy forbids the `Function` that Istanbul would find it
 * by.
 */
export function instrument(): Plugin {
  const instrumenter = createInstrumenter({
    esModules: true,
    coverageGlobalScope: 'globalThis',
    coverageGlobalScopeFunc: false,
  });
  return {
    name: 'count-coverage',
    enforce: 'post',
    transform(code, id) {
      const [file = id] = id.split('?');
      if (!file.startsWith(source) || !/\.tsx?$/.test(file) || file.includes('/assembly/')) return null;
      const map = this.getCombinedSourcemap();
      const counted = instrumenter.instrumentSync(code, file, { ...map, version: String(map.version) } as never);
      return { code: counted, map: instrumenter.lastSourceMap() as never };
    },
  };
}
