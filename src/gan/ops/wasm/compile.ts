// Build time only: compiles the kernels in assembly/ to WebAssembly and gives them to the bundle as a module of text.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import type { Plugin } from 'vite';
import { assemblyLayout } from './layout.ts';

/** Fused multiply-add is faster, and not in every browser. Threads need shared memory. */
const variants = { relaxed: ['--enable', 'relaxed-simd'], plain: [] } as const;
/** Shared memory has a limit, which must be tfjs's own: 4 GiB in pages of 64 KiB. */
const memories = { shared: ['--sharedMemory', '--maximumMemory', '65536'], single: [] } as const;

const folder = fileURLToPath(new URL('./assembly/', import.meta.url));
const compiled = new Map<string, Promise<string>>();

/** A file of assembly/, or the layout that is made of layout.ts; null where there is none of that name. */
async function source(name: string): Promise<string | null> {
  if (name === 'layout.ts') return assemblyLayout();
  return readFile(join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    // The compiler asks for several names until one exists.
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

async function compile(flags: readonly string[]): Promise<string> {
  let binary: Uint8Array | null = null;
  const { error, stderr } = await asc.main(
    [
      'index.ts',
      ...['--baseDir', folder, '--outFile', 'kernels.wasm'],
      ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--enable', 'threads'],
      ...['--importMemory', '--initialMemory', '1'],
      ...flags,
    ],
    {
      readFile: source,
      writeFile: (_name: string, contents: string | Uint8Array) => {
        if (typeof contents !== 'string') binary = contents;
      },
    },
  );
  if (error !== null || binary === null) throw new Error(`The WASM kernels do not compile:\n${stderr.toString()}`);
  return Buffer.from(binary).toString('base64');
}

const name = 'virtual:wasm-kernels';

/** The module `virtual:wasm-kernels`; see virtual.d.ts. */
export function wasmKernels(): Plugin {
  return {
    name: 'wasm-kernels',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    async load(id) {
      if (id !== `\0${name}`) return null;
      const texts = Object.entries(memories).flatMap(([memory, memoryFlags]) =>
        Object.entries(variants).map(async ([variant, variantFlags]) => {
          const key = `${memory}-${variant}`;
          const text = compiled.get(key) ?? compile([...memoryFlags, ...variantFlags]);
          compiled.set(key, text);
          return [key, await text] as const;
        }),
      );
      return `export default ${JSON.stringify(Object.fromEntries(await Promise.all(texts)))};`;
    },
  };
}
