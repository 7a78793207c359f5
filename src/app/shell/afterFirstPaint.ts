// When the page has been drawn for the first time: what is large is fetched then, and not before.

/** A page that is out of sight is not drawn, and some browsers do not tell. */
const longestMs = 500;

/** @returns a way to call it off */
export function afterFirstPaint(work: () => void): () => void {
  let observer: PerformanceObserver | null = null;
  const timer = setTimeout(() => run(), longestMs);
  const stop = (): void => {
    clearTimeout(timer);
    observer?.disconnect();
  };
  const run = (): void => {
    stop();
    work();
  };
  try {
    observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName('first-contentful-paint').length > 0) run();
    });
    observer.observe({ type: 'paint', buffered: true });
  } catch {
    // This browser does not tell: the timer does.
  }
  return stop;
}
