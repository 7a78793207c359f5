// Debian's WebKitGTK (package webkit2gtk-driver), driven by W3C WebDriver over HTTP.

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { asText, type Browser, until } from './driver.ts';
import { emptyHome, start } from './process.ts';

interface Reply {
  readonly value: unknown;
}

/** A port that nobody listened on a moment ago: the driver does not choose one itself. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

export interface WebKitOptions {
  /** MiniBrowser's path. */
  readonly binary: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A fresh window that remembers nothing; what it stores lasts until it is closed. */
export async function openWebKit({ binary, environment = {} }: WebKitOptions): Promise<Browser> {
  const home = emptyHome();
  const port = await freePort();
  const driver = start('WebKitWebDriver', [`--port=${port}`], { ...home.environment, ...environment });
  const close = async (): Promise<void> => {
    await driver.end();
    home[Symbol.dispose]();
  };

  async function send(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as Reply;
    if (!response.ok) throw new Error(`WebKit, ${path}: ${JSON.stringify(value)}`);
    return value;
  }

  try {
    await until('the driver answers', () => send('GET', '/status').catch(() => null), 30);
    const options = { binary, args: ['--automation'] };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
    const { sessionId } = (await send('POST', '/session', { capabilities })) as { sessionId: string };
    const session = `/session/${sessionId}`;
    await send('POST', `${session}/timeouts`, { script: 120_000, pageLoad: 120_000 });
    await send('POST', `${session}/window/rect`, { width: 1440, height: 1000 });
    return {
      downloads: home.downloads,
      open: async (url) => void (await send('POST', `${session}/url`, { url })),
      reload: async () => void (await send('POST', `${session}/refresh`, {})),
      async evaluate(work, ...args) {
        const script = `return (${asText(work, args)})()`;
        return JSON.parse((await send('POST', `${session}/execute/sync`, { script, args: [] })) as string);
      },
      perform: async (actions) => void (await send('POST', `${session}/actions`, { actions })),
      async giveFiles(selector, paths) {
        const element = await send('POST', `${session}/element`, { using: 'css selector', value: selector });
        const [id] = Object.values(element as Record<string, string>);
        await send('POST', `${session}/element/${id}/value`, { text: paths.join('\n') });
      },
      async [Symbol.asyncDispose]() {
        await send('DELETE', session);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
