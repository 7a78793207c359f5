// Offers a reload: for a newer version, or for more threads. A note that moves nothing; only a press reloads.
import { useEffect, useState } from 'react';
import { isSaved } from '../../page/autosave/autosave.ts';
import type { Offer, Offline } from '../../page/device/offline.ts';
import { Note, NotePlace } from '../components/Note.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useOffline } from '../components/useOffline.ts';
import { useWords } from '../words/words.ts';

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
  const { shell } = useWords();
  const kept = usePageState(isSaved);
  const touched = usePageState((state) => state.touched);
  const training = usePageState((state) => state.session === 'training');
  // With a run, the page first says what happens to it.
  const [asking, setAsking] = useState(false);
  // Training on answers the question.
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
            <strong>{shell.trainingPaused}</strong> {kept ? shell.loadKeepsRun : shell.loadEndsRun}
          </>
        ) : (
          shell[offer.kind === 'version' ? 'newVersion' : 'moreThreads']
        )}
      </p>
      {asking ? (
        <button type="button" onClick={() => void loadNow()}>
          {shell.loadNow}
        </button>
      ) : (
        <button
          type="button"
          title={touched ? shell.loadMeans.pauses : shell.loadMeans.atOnce}
          onClick={() => void load()}
        >
          {shell.load}
        </button>
      )}
    </Note>
  );
}
