// When to redraw the curves: often enough to look live, seldom enough to leave the page its time.
import { useEffect, useRef, useState } from 'react';
import { usePage } from '../components/pageContext.ts';

/**
 * Changes at most so often as drawing takes a twentieth of the time: recharts does as much again after it was drawn.
 */
export function useRestedVersion(): number {
  const { store } = usePage();
  const [version, setVersion] = useState(store.getState().historyVersion);
  const cost = useRef(0);
  const started = performance.now();
  useEffect(() => {
    cost.current = 0.7 * cost.current + 0.3 * (performance.now() - started);
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const unsubscribe = store.subscribe((now, before) => {
      if (now.historyVersion === before.historyVersion || timer !== null) return;
      timer = setTimeout(
        () => {
          timer = null;
          setVersion(store.getState().historyVersion);
        },
        Math.max(400, Math.min(2_000, 20 * cost.current)),
      );
    });
    setVersion(store.getState().historyVersion);
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [store]);
  return version;
}
