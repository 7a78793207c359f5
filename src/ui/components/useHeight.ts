// How high an element is, kept current: for what draws itself in pixels.
import { type RefObject, useLayoutEffect, useState } from 'react';

/** 0 until it has been measured. What is drawn must not change the element's own height. */
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
