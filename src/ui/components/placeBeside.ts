// Puts a floating element next to the one it belongs to, inside the window. Not every browser has CSS anchors yet.

export function placeBeside(floating: HTMLElement, anchor: HTMLElement): void {
  const gap = 8;
  const at = anchor.getBoundingClientRect();
  const { width, height } = floating.getBoundingClientRect();
  const room = { x: document.documentElement.clientWidth - width - gap, y: window.innerHeight - height - gap };
  const beside = at.right + gap;
  const fits = beside <= room.x;
  const left = fits ? beside : Math.max(gap, Math.min(at.left, room.x));
  const top = fits ? at.top - gap : at.bottom + gap;
  floating.style.left = `${left}px`;
  floating.style.top = `${Math.max(gap, Math.min(top, room.y))}px`;
}
