// As a ref: gives the focus to what has just appeared, once. A function made anew with each render would take it with each.

export const takeFocus = (element: HTMLElement | null): void => element?.focus();
