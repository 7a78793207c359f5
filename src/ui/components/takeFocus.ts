// Where the focus goes when what has it comes or goes: as refs. Functions made anew with each render would move it with
// each.

/** Of the button that trains, and of nothing else. */
export const trainId = 'train';

/** What has just appeared has it, once. */
export const takeFocus = (element: HTMLElement | null): void => element?.focus();

/**
 * When what has it is put away by the keyboard, the button that trains has it: without, the next Tab would begin at the
 * top.
 */
export const givesFocusOn = (element: HTMLElement | null) => (): void => {
  if (element?.querySelector(':focus-visible')) document.getElementById(trainId)?.focus();
};
