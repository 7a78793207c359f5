// Build time only: makes the page installable and available offline: a manifest, and a service worker that lists every
// file.
import { fileURLToPath } from 'node:url';
import type { PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { serviceWorkerFile } from '../protocol/serviceWorker.ts';

/** The light paper of the tokens: what is behind the page while it opens. */
function paperOf(tokens: string): string {
  const [, light] = /--paper: light-dark\((#[0-9a-f]{6}),/.exec(tokens) ?? [];
  if (light === undefined) throw new Error('The tokens have lost their --paper.');
  return light;
}

const icon = (file: string, size: number, purpose: 'any' | 'maskable') => ({
  src: `icons/${file}`,
  sizes: `${size}x${size}`,
  type: 'image/png',
  purpose,
});

/** `tokens`: the text of tokens.css. */
export function installable(tokens: string): PluginOption {
  const paper = paperOf(tokens);
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: fileURLToPath(new URL('.', import.meta.url)),
    filename: serviceWorkerFile.replace('.js', '.ts'),
    // src/page/device/offline.ts does that, and offers a new version.
    injectRegister: null,
    registerType: 'prompt',
    includeManifestIcons: false,
    integration: {
      // It has nothing to say that the page's own build has not said.
      configureCustomSWViteBuild(build) {
        build.logLevel = 'warn';
      },
    },
    injectManifest: {
      rollupFormat: 'iife',
      globPatterns: ['**/*'],
      // A host's own copy of the data is fetched when it is wanted, and kept by src/data. The manifest is added anyhow.
      globIgnores: ['data/**', serviceWorkerFile, '*.webmanifest'],
      maximumFileSizeToCacheInBytes: 32 * 2 ** 20,
    },
    manifest: {
      name: 'Ganvas: a GAN learns to write digits',
      short_name: 'Ganvas',
      description: 'Train a GAN on handwritten digits in your own browser.',
      id: '.',
      start_url: '.',
      scope: '.',
      display: 'standalone',
      theme_color: paper,
      background_color: paper,
      icons: [
        icon('icon-192.png', 192, 'any'),
        icon('icon-512.png', 512, 'any'),
        icon('maskable-512.png', 512, 'maskable'),
      ],
    },
  });
}
