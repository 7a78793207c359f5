// Whether something on the page can be seen right now: in the window, not scrolled away, not under anything else.

export function inSight(element: Element): boolean {
  const { left, top, bottom, width, height } = element.getBoundingClientRect();
  if (width === 0 || height === 0) return false;
  const sees = (y: number): boolean => element.contains(document.elementFromPoint(left + width / 2, y));
  return sees(top + 4) && sees(bottom - 4);
}
