// The dataset that was asked for could not be fetched and another one stands in: said where it moves nothing, with a way to try again.
import { datasets } from '../../config/datasets.ts';
import { Note, NotePlace } from '../components/Note.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { errorSentence } from '../words/errorSentence.ts';
import { useErrorWords } from '../words/useErrorWords.ts';

export function StandIn() {
  const { actions } = usePage();
  const unavailable = usePageState((state) => state.unavailable);
  const words = useErrorWords();
  return (
    <NotePlace role="alert">
      {unavailable !== null && (
        <Note tone="warning" onDismiss={actions.dismissStandIn}>
          <p>
            <strong>{errorSentence(words, unavailable.error)}</strong> Training on{' '}
            {datasets[unavailable.using].label.toLowerCase()} instead. Retry fetches it and starts over.
          </p>
          <button
            type="button"
            title={`Starts over with ${datasets[unavailable.wanted].label}.`}
            onClick={() => void actions.retryDataset()}
          >
            Retry
          </button>
        </Note>
      )}
    </NotePlace>
  );
}
