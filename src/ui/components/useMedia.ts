// Whether a media query holds, for what style sheets alone cannot do: a part that stands elsewhere on another screen.
import { useCallback, useSyncExternalStore } from 'react';

/** A phone, held upright: one column, and what steers is stuck to the lower edge. */
export const narrowScreen = '(max-width: 699px)';

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
