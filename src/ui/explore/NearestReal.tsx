// The real image that the explored digit is nearest to, on request: whether the generator has learnt it by heart.
import { useEffect, useRef, useState } from 'react';
import type { NearestReal as Found } from '../../protocol/messages.ts';
import { PictureSheet } from '../components/PictureSheet.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords, type Words } from '../words/words.ts';
import styles from './NearestReal.module.css';
import type { Picture } from './usePicture.ts';

/** Nearer than so much of the typical distance between real images is nearly a copy. */
const copy = 0.5;
const likeReal = 1.3;

interface NearestRealProps {
  /** What is explored now; null while nothing is drawn. */
  readonly picture: Picture | null;
  /** Changes when another digit is explored: what was found is then stale. */
  readonly latent: Float32Array;
}

export function NearestReal({ picture, latent }: NearestRealProps) {
  const { actions } = usePage();
  const { explore, measures, format } = useWords();
  const [found, setFound] = useState<(Found & { readonly step: number }) | null>(null);
  const [asking, setAsking] = useState(false);
  const workerRun = usePageState((state) => state.workerRun);
  /** Counts the changes of the explored digit: an answer to a request from before the last change is stale. */
  const changes = useRef(0);
  const hasReal = usePageState((state) => state.loaded !== null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the latent or the run changes
  useEffect(() => {
    changes.current += 1;
    setFound(null);
  }, [latent, workerRun]);

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
        title={hasReal ? measures.nearest.meaning : explore.realComeWithTrain}
        onClick={() => {
          if (hasReal) void ask();
        }}
      >
        {asking ? explore.looking : explore.nearest}
      </button>
      <div className={styles.found} role="status">
        {found !== null && (
          <>
            <PictureSheet pixels={found.pixels} columns={1} rows={1} tile={56} gap={0} label={explore.nearest} />
            <span>
              {found.step !== picture?.step && `${explore.ofStep(found.step)} `}
              {verdict(found, explore, format)}
            </span>
          </>
        )}
      </div>
    </div>
  );
}

function verdict({ distance, typical }: Found, explore: Words['explore'], format: Words['format']): string {
  const ratio = typical > 0 ? distance / typical : Number.NaN;
  if (Number.isNaN(ratio)) return explore.allAlike;
  const times = format.fixed(ratio, 2);
  if (ratio < copy) return explore.nearlyCopy(times);
  return ratio < likeReal ? explore.likeReal(times) : explore.unlike(times);
}
