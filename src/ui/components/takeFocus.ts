// Refs that move the focus when an element appears or disappears. They are constants: a new function at each render
// would move the focus at each render.

/** The id of the Train button. */
export const trainId = 'train';

/** Takes the focus once, when the element appears. */
export const takeFocus = (element: HTMLElement | null): void => element?.focus();

/**
 * Gives the focus to Train when the keyboard dismisses the focused element: the next Tab would else begin at the top.
 */
export const givesFocusOn = (element: HTMLElement | null) => (): void => {
  if (element?.querySelector(':focus-visible')) document.getElementById(trainId)?.focus();
};
