// Serves the built page as `npm start` does, with a script that notes what goes wrong, and starts a screen for WebKit.
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { type Plugin, preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { headersFor } from '../../src/hosting/policy.ts';
import { skipped } from './find.ts';
import { said, start } from './process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built page is, with its headers. */
    builtUrl: string;
    /** The display that WebKit draws on; empty where there is none. */
    display: string;
  }
}

const built = resolve('dist');
const note = readFileSync(new URL('note.js', import.meta.url), 'utf8');

/** The page's policy allows scripts from its own host only, so the note-taker is a file there. */
const noted: Plugin = {
  name: 'noted',
  configurePreviewServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname === '/note.js') return void response.setHeader('content-type', 'text/javascript').end(note);
      if (pathname === '/frame.html') {
        // A page around ours that knows nothing of isolation.
        for (const name of Object.keys(headersFor('text/html'))) response.removeHeader(name);
        const frame = '<!doctype html><iframe src="./" width="390" height="800"></iframe>';
        return void response.setHeader('content-type', 'text/html').end(frame);
      }
      if (pathname !== '/' && pathname !== '/index.html') return next();
      const html = readFileSync(resolve(built, 'index.html'), 'utf8');
      response.setHeader('content-type', 'text/html');
      response.end(html.replace('<meta charset', '<script src="./note.js"></script><meta charset'));
    });
  },
};

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(resolve(built, 'index.html'))) throw new Error('There is no built page: npm run build makes it.');
  const page = await preview({ logLevel: 'error', plugins: [noted], preview: { port: 0, host: '127.0.0.1' } });
  project.provide('builtUrl', `http://127.0.0.1:${(page.httpServer.address() as AddressInfo).port}/`);
  const missing = skipped();
  for (const sentence of missing) console.log(sentence);
  const screen =
    process.env.DISPLAY || missing.length > 0
      ? null
      : start('Xvfb', ['-displayfd', '1', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], process.env);
  project.provide('display', screen === null ? (process.env.DISPLAY ?? '') : `:${await said(screen, /^(\d+)$/m)}`);
  return async () => {
    await screen?.end();
    await page.close();
  };
}
