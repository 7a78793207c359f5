// When the page has been drawn for the first time: what is large is fetched then, and not before.

/** A page that is out of sight is not drawn, and some browsers do not tell. */
const unseenMs = 500;
/** A slow machine takes its time to draw, and what is fetched meanwhile makes that longer. */
const seenMs = 3_000;

/** @returns a way to call it off */
export function afterFirstPaint(work: () => void): () => void {
  const tells = globalThis.PerformanceObserver?.supportedEntryTypes?.includes('paint') ?? false;
  const run = (): void => {
    stop();
    work();
  };
  const observer = tells
    ? new PerformanceObserver((list) => {
        if (list.getEntriesByName('first-contentful-paint').length > 0) run();
      })
    : null;
  const timer = setTimeout(run, tells && document.visibilityState === 'visible' ? seenMs : unseenMs);
  const stop = (): void => {
    clearTimeout(timer);
    observer?.disconnect();
  };
  observer?.observe({ type: 'paint', buffered: true });
  return stop;
}
