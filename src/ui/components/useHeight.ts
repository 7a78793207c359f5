// Heights of an element and of the window, kept current: for what draws itself in pixels.
import { type RefObject, useLayoutEffect, useState, useSyncExternalStore } from 'react';

/** The window's inner height, kept current. */
export const useWindowHeight = (): number =>
  useSyncExternalStore(
    (changed) => {
      window.addEventListener('resize', changed);
      return () => window.removeEventListener('resize', changed);
    },
    () => window.innerHeight,
  );

/** 0 before the first measurement. The drawing must not change the element's height. */
export function useHeight(element: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    if (element.current === null) return;
    setHeight(element.current.clientHeight);
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setHeight(Math.floor(entry.contentRect.height));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return height;
}
