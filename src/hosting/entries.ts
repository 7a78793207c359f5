// Build time only: entries wire up what other chunks hold, and no chunk imports one, so that each runs once.
import type { Plugin, Rolldown } from 'vite';

type Modules = Parameters<Rolldown.CodeSplittingNameFunction>[1];

/** Whether a module is an entry itself: the script that a worker is started with, or that the HTML names. */
function isEntry(id: string, modules: Modules): boolean {
  const info = modules.getModuleInfo(id);
  const isHtmlEntry = (importer: string): boolean =>
    importer.endsWith('.html') && modules.getModuleInfo(importer)?.isEntry === true;
  return info !== null && (info.isEntry || info.importers.some(isHtmlEntry));
}

/**
 * Output options that leave nothing but the wiring in an entry. A chunk that is loaded later then shares code with the
 * main chunk, not with the entry: WebKit evaluates a worker's entry a second time when a chunk imports it.
 */
export const entriesApart: Rolldown.OutputOptions = {
  codeSplitting: {
    groups: [{ name: (id, modules) => (isEntry(id, modules) ? null : 'main'), debugName: 'main', tags: ['$initial'] }],
  },
};

/** Fails the build where a chunk imports an entry. */
export function entriesImportedByNone(): Plugin {
  return {
    name: 'entries-imported-by-none',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const entries = new Set(chunks.filter((chunk) => chunk.isEntry).map(({ fileName }) => fileName));
      for (const { fileName, imports, dynamicImports } of chunks) {
        const entry = [...imports, ...dynamicImports].find((each) => entries.has(each));
        if (entry !== undefined)
          this.error(
            `The chunk ${fileName} imports the entry ${entry}. WebKit would evaluate the entry a second time.`,
          );
      }
    },
  };
}
