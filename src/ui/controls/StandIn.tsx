// The dataset that the visitor chose could not be fetched and another one stands in: a note with a button to try again.
import { Note, NotePlace } from '../components/Note.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { errorSentence } from '../words/errorSentence.ts';
import { useWords } from '../words/words.ts';

export function StandIn() {
  const { actions } = usePage();
  const unavailable = usePageState((state) => state.unavailable);
  const words = useWords();
  const { setup, datasets, format } = words;
  return (
    <NotePlace role="alert">
      {unavailable !== null && (
        <Note tone="warning" onDismiss={actions.dismissStandIn}>
          <p>
            <strong>{errorSentence(words, unavailable.error)}</strong>{' '}
            {setup.standsIn(format.uncapital(datasets[unavailable.using]))}
          </p>
          <button
            type="button"
            title={setup.retryMeans(datasets[unavailable.wanted])}
            onClick={() => void actions.retryDataset()}
          >
            {setup.retry}
          </button>
        </Note>
      )}
    </NotePlace>
  );
}
