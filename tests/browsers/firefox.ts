// Debian's Firefox (package firefox-esr), driven by W3C WebDriver BiDi, which needs no geckodriver: Debian has none.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { asText, type Browser } from './driver.ts';
import { emptyHome, said, start } from './process.ts';

export type Preferences = Readonly<Record<string, string | number | boolean>>;

/** No traffic of its own, no questions, and downloads without a dialogue. */
const quiet: Preferences = {
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'browser.safebrowsing.downloads.enabled': false,
  'browser.download.folderList': 2,
  'browser.download.useDownloadDir': true,
  'browser.download.always_ask_before_handling_new_types': false,
  'browser.download.alwaysOpenPanel': false,
};

interface Answer {
  readonly id?: number;
  readonly type: 'success' | 'error' | 'event';
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}

interface Line {
  send(method: string, params: object): Promise<unknown>;
  close(): void;
}

/** Requests over a WebSocket, with one answer each. */
async function connect(url: string): Promise<Line> {
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  const pending = new Map<number, (answer: Answer) => void>();
  let last = 0;
  socket.on('message', (data) => {
    const answer = JSON.parse(String(data)) as Answer;
    if (answer.id === undefined) return;
    pending.get(answer.id)?.(answer);
    pending.delete(answer.id);
  });
  socket.on('close', () => {
    for (const settle of pending.values()) settle({ type: 'error', error: 'closed', message: 'Firefox has gone.' });
  });
  return {
    send: (method, params) =>
      new Promise((resolve, reject) => {
        last += 1;
        pending.set(last, ({ type, result, error, message }) => {
          if (type === 'success') resolve(result);
          else reject(new Error(`Firefox, ${method}: ${error}: ${message}`));
        });
        socket.send(JSON.stringify({ id: last, method, params }));
      }),
    close: () => socket.close(),
  };
}

type Called =
  | { readonly type: 'success'; readonly result: { readonly value: string } }
  | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };

/** A fresh profile with these preferences. */
export async function openFirefox(preferences: Preferences = {}): Promise<Browser> {
  const home = emptyHome();
  const profile = join(home.folder, 'profile');
  mkdirSync(profile);
  const all = { ...quiet, 'browser.download.dir': home.downloads, ...preferences };
  const lines = Object.entries(all).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
  const firefox = start('firefox-esr', args, {
    ...home.environment,
    MOZ_HEADLESS_WIDTH: '1440',
    MOZ_HEADLESS_HEIGHT: '1000',
  });
  const close = async (): Promise<void> => {
    await firefox.end();
    home[Symbol.dispose]();
  };

  try {
    const address = await said(firefox, /WebDriver BiDi listening on (ws:\/\/\S+)/);
    const { send, close: hangUp } = await connect(`${address}/session`);
    await send('session.new', { capabilities: {} });
    const { contexts } = (await send('browsingContext.getTree', {})) as { contexts: { context: string }[] };
    const context = contexts[0]?.context ?? '';
    await send('browsingContext.setViewport', { context, viewport: { width: 1440, height: 1000 } });

    async function call(functionDeclaration: string): Promise<Called & { type: 'success' }> {
      const called = (await send('script.callFunction', {
        functionDeclaration,
        awaitPromise: true,
        target: { context },
      })) as Called;
      if (called.type === 'exception') throw new Error(`In the page: ${called.exceptionDetails.text}`);
      return called;
    }

    return {
      downloads: home.downloads,
      open: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
      reload: async () => void (await send('browsingContext.reload', { context, wait: 'complete' })),
      evaluate: async (work, ...args) => JSON.parse((await call(asText(work, args))).result.value),
      perform: async (actions) => void (await send('input.performActions', { context, actions })),
      async giveFiles(selector, paths) {
        const { nodes } = (await send('browsingContext.locateNodes', {
          context,
          locator: { type: 'css', value: selector },
        })) as { nodes: { sharedId: string }[] };
        await send('input.setFiles', { context, element: { sharedId: nodes[0]?.sharedId }, files: paths });
      },
      async [Symbol.asyncDispose]() {
        hangUp();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
