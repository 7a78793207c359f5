// The service worker: keeps the page for when there is no network, and gives it the headers that its host may lack.
import { takeOver } from '../protocol/serviceWorker.ts';
import { type BuiltFile, keptFiles } from './keptFiles.ts';

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Clicked extends Lasting {
  readonly notification: Notification;
}

interface PageWindow {
  focus(): Promise<unknown>;
}

/** What we use of it: TypeScript's own declarations for service workers do not go together with those for pages. */
interface ServiceWorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly PageWindow[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(name: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(name: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  addEventListener(name: 'notificationclick', listener: (event: Clicked) => void): void;
}

declare global {
  interface Window {
    /** The build puts the list in its place, and looks for these very words. */
    readonly __WB_MANIFEST: readonly BuiltFile[];
  }
}

const worker = self as unknown as ServiceWorkerScope;
const built = self.__WB_MANIFEST;
const files = keptFiles(built, worker.registration.scope, versionOf(built));

/** The same files make the same version. */
function versionOf(list: readonly BuiltFile[]): string {
  const text = list
    .map(({ url, revision }) => `${url} ${revision}`)
    .sort()
    .join();
  // FNV-1a: nothing hangs on it but a name.
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

const windows = (): Promise<readonly PageWindow[]> =>
  worker.clients.matchAll({ type: 'window', includeUncontrolled: true });

async function dropOthersIfAlone(): Promise<void> {
  if ((await windows()).length > 1) return;
  // The files of a version that waits to be loaded are not those of the version before.
  const { installing, waiting } = worker.registration;
  if (installing === null && waiting === null) await files.dropOthers();
}

async function show(): Promise<void> {
  const [first] = await windows();
  await (first === undefined ? worker.clients.openWindow(worker.registration.scope) : first.focus());
}

worker.addEventListener('install', (event) => event.waitUntil(files.keep()));

// Only the first one becomes active by itself: any other waits until it is told to, or no page is left.
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('message', ({ data }) => {
  if (data === takeOver) void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const key = files.keyOf(request);
  // The browser does what it would do without us: the data’s own cache and hosts are src/data’s business.
  if (key === null) return;
  event.respondWith(files.answer(key, request));
  // Whoever loads the page has left the version before; other tabs may not have.
  if (request.mode === 'navigate') event.waitUntil(dropOthersIfAlone());
});

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(show());
});
