// Has it learnt this digit by heart? The real image that the explored one is nearest to, on request.
import { useEffect, useRef, useState } from 'react';
import { measures } from '../../config/quality.ts';
import { count } from '../../page/state/format.ts';
import type { NearestReal as Found } from '../../protocol/messages.ts';
import { PictureSheet } from '../components/PictureSheet.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import styles from './NearestReal.module.css';
import type { Picture } from './usePicture.ts';

/** Nearer than so much of the typical distance between real images is nearly a copy. */
const copy = 0.5;
const likeReal = 1.3;

interface NearestRealProps {
  /** What is explored now; null while nothing is drawn. */
  readonly picture: Picture | null;
  /** Changes when another digit is explored: what was found is of the one before. */
  readonly latent: Float32Array;
}

export function NearestReal({ picture, latent }: NearestRealProps) {
  const { actions } = usePage();
  const [found, setFound] = useState<(Found & { readonly step: number }) | null>(null);
  const [asking, setAsking] = useState(false);
  const run = usePageState((state) => state.workerRun);
  /** How often the explored digit has become another's: an answer that comes later is not of it. */
  const changes = useRef(0);
  const hasReal = usePageState((state) => state.loaded !== null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another latent and another run are what bring the effect about
  useEffect(() => {
    changes.current += 1;
    setFound(null);
  }, [latent, run]);

  const ask = async (): Promise<void> => {
    if (picture === null || asking) return;
    setAsking(true);
    const asked = changes.current;
    const { pixels, step } = picture;
    try {
      const nearest = await actions.nearestReal(Uint8Array.from(pixels));
      if (changes.current === asked) setFound({ ...nearest, step });
    } catch (error) {
      actions.report(error, 'explore');
    } finally {
      setAsking(false);
    }
  };

  return (
    <div className={styles.nearest}>
      <button
        type="button"
        aria-disabled={picture === null || asking || !hasReal}
        title={hasReal ? measures.nearest.meaning : 'The real images come with the first press of Train.'}
        onClick={() => {
          if (hasReal) void ask();
        }}
      >
        {asking ? 'Looking…' : 'Nearest real image'}
      </button>
      <div className={styles.found} role="status">
        {found !== null && (
          <>
            <PictureSheet pixels={found.pixels} columns={1} rows={1} tile={56} gap={0} label="Nearest real image" />
            <span>
              {found.step !== picture?.step && `Of the digit at step ${count(found.step)}: `}
              {verdict(found)}
            </span>
          </>
        )}
      </div>
    </div>
  );
}

function verdict({ distance, typical }: Found): string {
  const ratio = typical > 0 ? distance / typical : Number.NaN;
  if (Number.isNaN(ratio)) return 'The real images are all alike: nothing can be said.';
  const times = `${ratio.toFixed(2)} times what is usual between a real image and the nearest other one`;
  if (ratio < copy) return `Nearly a copy: its distance is ${times}.`;
  if (ratio < likeReal) return `A digit of its own: its distance is ${times}.`;
  return `Unlike any of them: its distance is ${times}.`;
}
