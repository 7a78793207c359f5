// The page can be had anew: a newer version of it, or more threads. Said where it moves nothing; only a press loads it.
import { useEffect, useState } from 'react';
import { isSaved } from '../../page/autosave/autosave.ts';
import type { Offer, Offline } from '../../page/device/offline.ts';
import { Note, NotePlace } from '../components/Note.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useOffline } from '../components/useOffline.ts';

const news: Readonly<Record<Offer['kind'], string>> = {
  version: 'A new version is here.',
  threads: 'Loaded once more, this page can train on every core.',
};

export function NewVersion() {
  const [offline, { offer }] = useOffline();
  return (
    <NotePlace role="status">
      {offline !== null && offer !== null && <Loading key={offer.kind} offline={offline} offer={offer} />}
    </NotePlace>
  );
}

function Loading({ offline, offer }: { readonly offline: Offline; readonly offer: Offer }) {
  const { actions, runs, autosave } = usePage();
  const kept = usePageState(isSaved);
  const touched = usePageState((state) => state.touched);
  const training = usePageState((state) => state.session === 'training');
  // Whoever has a run is told first what becomes of it.
  const [asking, setAsking] = useState(false);
  // Whoever trains on has decided.
  useEffect(() => {
    if (training) setAsking(false);
  }, [training]);
  const load = async (): Promise<void> => {
    if (!touched) return offline.take();
    if (training) await actions.pause();
    await autosave.save();
    setAsking(true);
  };
  const loadNow = async (): Promise<void> => {
    await Promise.all([runs.save(), autosave.save()]);
    offline.take();
  };
  return (
    <Note tone="news" onDismiss={offline.refuse}>
      <p>
        {asking ? (
          <>
            <strong>Training is paused.</strong>{' '}
            {kept
              ? 'The run is saved: the new page asks whether to continue it. Train goes on here.'
              : 'Loading ends this run: Runs keeps its curves and digits. Save the run first if you want to keep it; Train goes on here.'}
          </>
        ) : (
          news[offer.kind]
        )}
      </p>
      {asking ? (
        <button type="button" onClick={() => void loadNow()}>
          Load it now
        </button>
      ) : (
        <button
          type="button"
          title={touched ? 'Pauses training, and asks before it ends the run.' : 'Loads the page anew.'}
          onClick={() => void load()}
        >
          Load it
        </button>
      )}
    </Note>
  );
}
