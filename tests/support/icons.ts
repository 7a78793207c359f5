// Draws the icons of the installed page from public/favicon.svg (npm run icons): plain ones, and one that a system may
// cut to a shape.
import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from 'playwright';
import { chromiumFlags, ensureChromium } from './chromium.ts';

const pub = resolve(import.meta.dirname, '../../public');
const mark = readFileSync(resolve(pub, 'favicon.svg'), 'utf8');
/**
 * What a system cuts away may be a fifth on each side: the mark stands on paper to the edges, within what is always
 * seen.
 */
const maskable = mark.replace('rx="7"', '').replace('viewBox="0 0 32 32"', 'viewBox="-2 -2 36 36"');
const toTheEdges = maskable.replace('<rect width="32" height="32"', '<rect x="-2" y="-2" width="36" height="36"');

const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags });
mkdirSync(resolve(pub, 'icons'), { recursive: true });
for (const [file, size, drawing] of [
  ['icon-192.png', 192, mark],
  ['icon-512.png', 512, mark],
  ['maskable-512.png', 512, toTheEdges],
] as const) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const address = `data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}`;
  await page.setContent(
    `<style>body { margin: 0 } img { display: block }</style><img src="${address}" width="${size}">`,
  );
  await page.screenshot({ path: resolve(pub, 'icons', file), omitBackground: true });
}
await browser.close();
