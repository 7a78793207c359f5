// The picture of a latent vector; it follows the slider and the weights: one request in flight, the newest next.
import { useEffect, useState } from 'react';
import { type NewestWins, newestWins } from '../../page/client/newestWins.ts';
import { shownOf, showsPretrained } from '../../page/explore/pretrained.ts';
import type { Rendering } from '../../protocol/rendering.ts';
import { usePage, usePageState } from '../components/pageContext.ts';

export interface Picture {
  /** 0 (paper) to 255 (ink). */
  readonly pixels: Uint8Array;
  readonly realness: number;
  readonly step: number;
}

const toPicture = ({ pixels, realness, step }: Rendering): Picture => ({
  pixels: Uint8Array.from(pixels, (value) => Math.round(value * 255)),
  realness,
  step,
});

/** Follows `latent` at once and changes of the weights at most every `restMs`. null until the first answer. */
export function usePicture(latent: Float32Array<ArrayBuffer>, restMs = 0): Picture | null {
  const { store, actions } = usePage();
  const [picture, setPicture] = useState<Picture | null>(null);
  const [queue, setQueue] = useState<NewestWins<Float32Array<ArrayBuffer>> | null>(null);
  const shown = usePageState(shownOf);
  // Until both have come they are those of the run before.
  const possible = usePageState(
    (state) => showsPretrained(state) || (state.workerRun !== null && state.weights?.workerRun === state.workerRun),
  );

  useEffect(() => {
    const made = newestWins(
      (wanted: Float32Array<ArrayBuffer>) => actions.render(wanted),
      (rendering) => setPicture(toPicture(rendering)),
      (error) => actions.report(error, 'explore'),
    );
    setQueue(made);
    return () => made.clear();
  }, [actions]);

  useEffect(() => {
    // A latent of another size belongs to the run before.
    if (queue === null || !possible || latent.length !== shown?.latent) return;
    let last = 0;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const ask = (): void => {
      timer = null;
      last = Date.now();
      queue.ask(latent);
    };
    ask();
    const unsubscribe = store.subscribe((now, before) => {
      if (now.weights === before.weights || timer !== null) return;
      const rest = last + restMs - Date.now();
      // Weights that come too soon are drawn when the rest is over: they may be the last before a pause.
      if (rest > 0) timer = setTimeout(ask, rest);
      else ask();
    });
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [queue, possible, latent, shown, restMs, store]);

  return picture;
}
