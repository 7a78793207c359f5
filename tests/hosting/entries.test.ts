// The build keeps entries apart: nothing imports them, and the build fails where something does.
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { describe, expect, it } from 'vitest';
import { entriesApart, entriesImportedByNone } from '../../src/hosting/entries.ts';

const modules: Readonly<Record<string, string>> = {
  entry: `import { one } from 'shared'; console.log(one); import('lazy').then(({ two }) => console.log(two));`,
  lazy: `import { one } from 'shared'; export const two = one + 1;`,
  shared: 'export const one = Math.random();',
};

/** Builds `entry`, which shares a module with a chunk that it loads later. */
async function chunksOf(output: Rolldown.OutputOptions): Promise<readonly Rolldown.OutputChunk[]> {
  const written = await build({
    configFile: false,
    logLevel: 'silent',
    root: join(import.meta.dirname, 'nowhere'),
    plugins: [
      {
        name: 'modules',
        resolveId: (id) => (id in modules ? id : null),
        load: (id) => modules[id] ?? null,
      },
      entriesImportedByNone(),
    ],
    build: { write: false, modulePreload: false, rolldownOptions: { input: 'entry', output } },
  });
  const [result] = Array.isArray(written) ? written : [written];
  if (result === undefined || !('output' in result)) throw new Error('Nothing was built.');
  return result.output.filter((file) => file.type === 'chunk');
}

describe('entries', () => {
  it('share code with later chunks through a chunk that is no entry', async () => {
    const chunks = await chunksOf(entriesApart);
    const [entry] = chunks.filter(({ isEntry }) => isEntry);
    const lazy = chunks.find(({ isDynamicEntry }) => isDynamicEntry);
    expect(entry?.imports).toHaveLength(1);
    expect(lazy?.imports).toEqual(entry?.imports);
  });

  it('fail the build where a chunk imports one', async () => {
    await expect(chunksOf({})).rejects.toThrow(/The chunk .*lazy.* imports the entry .*entry.*second time/);
  });
});
