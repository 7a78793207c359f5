// Plays the run so far, frame by frame, up to the newest, which follows training.
import { useEffect, useState } from 'react';
import { goTo, placeOf } from '../../page/explore/frameShown.ts';
import { usePage } from '../components/pageContext.ts';
import { useMedia } from '../components/useMedia.ts';

const everyMs = 1_000 / 12;
/** With reduced motion: slow enough to look at each picture. */
const calmlyEveryMs = 800;

interface Playing {
  readonly playing: boolean;
  /** From where the slider stands, or from the start when it is at the end. */
  play(): void;
  stop(): void;
}

export function usePlayed(): Playing {
  const page = usePage();
  const [playing, setPlaying] = useState(false);
  const calm = useMedia('(prefers-reduced-motion: reduce)');

  useEffect(() => {
    if (!playing) return;
    const next = (): void => {
      const { held } = page.store.getState().frameShown;
      const place = placeOf(page, held) + 1;
      // At the newest, where a new run begins too, there is nothing left to play.
      if (place >= page.history.frames.length - 1) setPlaying(false);
      goTo(page, place);
    };
    const timer = setInterval(next, calm ? calmlyEveryMs : everyMs);
    return () => clearInterval(timer);
  }, [playing, calm, page]);

  return {
    playing,
    play() {
      if (page.store.getState().frameShown.held === null) goTo(page, 0);
      setPlaying(true);
    },
    stop: () => setPlaying(false),
  };
}
