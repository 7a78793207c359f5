// Hands the page what a visitor or a hostile browser may: files to drop or choose, pictures, a worker that begins
// otherwise.
import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import type { BrowserContext, Locator, Page } from 'playwright';

export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Drops files on the page as a hand does: they come over it, hover, and are let go. */
export async function drop(page: Page, ...files: readonly GivenFile[]): Promise<void> {
  const given = files.map(({ name, bytes }) => ({ name, text: Buffer.from(bytes).toString('base64') }));
  const dataTransfer = await page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const { name, text } of list) {
      transfer.items.add(new File([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))], name));
    }
    return transfer;
  }, given);
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('body', type, { dataTransfer });
  await dataTransfer.dispose();
}

/** Presses a button that asks for files, and gives them. */
export async function choose(page: Page, button: Locator, ...files: readonly GivenFile[]): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await button.click();
  await (await choosing).setFiles(
    files.map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })),
  );
}

/** A grey PNG of 8 bits, unfiltered. */
export function png(width: number, height: number, grey: (x: number, y: number) => number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = grey(x, y);
  }
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const framed = Buffer.alloc(named.length + 8);
    framed.writeUInt32BE(data.length, 0);
    named.copy(framed, 4);
    framed.writeUInt32BE(crc32(named), named.length + 4);
    return framed;
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

/** Where the built page's worker is. */
export const workerScript = /\/assets\/entry-[^/]*\.js$/;

/** And the one that draws. */
export const rendererScript = /\/assets\/renderEntry-[^/]*\.js$/;

/** Has a worker of the page begin with this code: what its browser lacks, or how it breaks. Until `unrouteAll`. */
export async function beginWorkerWith(context: BrowserContext, code: string, script = workerScript): Promise<void> {
  // A module of its own, imported first: the entry's other imports run before the entry's own code.
  const name = `begin-${createHash('sha256').update(code).digest('hex')}.js`;
  await context.route(`**/assets/${name}`, (route) => route.fulfill({ contentType: 'text/javascript', body: code }));
  await context.route(script, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `import './${name}';\n${await response.text()}` });
  });
}
