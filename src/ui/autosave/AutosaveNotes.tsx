// Notes on saved runs: one to continue, another tab that saves its run, a save that failed.
import { useState } from 'react';
import { kindOf } from '../../config/errors.ts';
import { lastStepOf } from '../../page/autosave/lastPosition.ts';
import { Note, NotePlace } from '../components/Note.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { datasetNamed } from '../words/datasetNamed.ts';
import { errorSentence } from '../words/errorSentence.ts';
import { useWords } from '../words/words.ts';

export function AutosaveNotes() {
  return (
    <>
      <NotePlace role="alert">
        <Trouble />
      </NotePlace>
      <NotePlace role="status">
        <Elsewhere />
      </NotePlace>
      <NotePlace role="status">
        <Offer />
      </NotePlace>
    </>
  );
}

function Offer() {
  const { actions, autosave } = usePage();
  const { autosave: words, datasets, format } = useWords();
  const head = usePageState(({ autosave: { list, offered } }) => list?.find(({ runId }) => runId === offered) ?? null);
  const mine = usePageState((state) => state.autosave.mine);
  // Only the tab that holds a run can continue it.
  if (head === null || mine !== true) return null;
  const further = lastStepOf(head);
  return (
    <Note onDismiss={autosave.dismiss}>
      <p>
        <strong>{words.continueRun}</strong>{' '}
        {words.savedRun(
          format.steps(head.step, head.half),
          datasetNamed(head.dataset, { datasets }),
          format.ago(head.savedAt),
          further,
        )}
      </p>
      <button type="button" onClick={() => void actions.resume(head.runId)}>
        {words.continue}
      </button>
    </Note>
  );
}

function Elsewhere() {
  const elsewhere = usePageState((state) => state.autosave.mine === false);
  // Dismissed once only: when this tab takes the lock and loses it again, the note comes back.
  return elsewhere ? <ElsewhereNote /> : null;
}

function ElsewhereNote() {
  const { autosave } = usePage();
  const { autosave: words } = useWords();
  const [heard, setHeard] = useState(false);
  if (heard) return null;
  return (
    <Note onDismiss={() => setHeard(true)}>
      <p>
        <strong>{words.otherTab}</strong> {words.otherTabKeeps}
      </p>
      <button type="button" title={words.takeOverMeans} onClick={autosave.takeOver}>
        {words.takeOver}
      </button>
    </Note>
  );
}

function Trouble() {
  const { actions } = usePage();
  const trouble = usePageState((state) => state.autosave.trouble);
  const dropped = usePageState((state) => state.autosave.dropped);
  const words = useWords();
  if (trouble === null) return null;
  return (
    <Note>
      <p>
        <strong>{errorSentence(words, trouble)}</strong> {dropped > 0 && `${words.autosave.dropped(dropped)} `}
        {words.advice[kindOf[trouble.code]]}
      </p>
      <button type="button" onClick={() => void actions.downloadRun()}>
        {words.autosave.saveRun}
      </button>
    </Note>
  );
}
