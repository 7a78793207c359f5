// The number that a visitor has typed into a field; every field reads it here.

/**
 * NaN for an empty text and for what is no number. `whole`: the field takes whole numbers only. Elsewhere a comma is a
 * decimal point, as in 0,3; in a whole number it may set thousands apart, so it is refused.
 */
export function numberIn(text: string, whole: boolean): number {
  if (text.trim() === '') return Number.NaN;
  return Number(whole ? text : text.replace(',', '.'));
}
