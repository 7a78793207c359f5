// What the page and its service worker must agree on: where that one lies, and the one thing that it is ever told.

/** Beside the page. */
export const serviceWorkerFile = 'serviceWorker.js';

/** Told to a service worker that waits: the page is about to be loaded anew, with the version that it keeps. */
export const takeOver = 'take over';
