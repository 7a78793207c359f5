// What concerns the keeping of runs and cannot wait to be looked for: a run to go on with, another tab that has it, a save that failed.
import { useState } from 'react';
import { kindOf } from '../../config/errors.ts';
import { lastStepOf } from '../../page/autosave/lastPosition.ts';
import { ago, count, steps } from '../../page/state/format.ts';
import { Note, NotePlace } from '../components/Note.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { errorSentence } from '../words/errorSentence.ts';
import { useErrorWords } from '../words/useErrorWords.ts';

export const takeOverMeans = 'The other tab pauses and saves its run; from then on this one is kept.';

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
  const head = usePageState(({ autosave: { list, offered } }) => list?.find(({ run }) => run === offered) ?? null);
  const mine = usePageState((state) => state.autosave.mine);
  // A run that another tab has is that one's to go on with.
  if (head === null || mine !== true) return null;
  const further = lastStepOf(head);
  return (
    <Note onDismiss={autosave.dismiss}>
      <p>
        <strong>Continue your run?</strong> Step {steps(head.step, head.half)} on {head.dataset}, saved{' '}
        {ago(head.savedAt)}.{further !== null && ` It had got to step ${count(further)}: those steps are taken again.`}
      </p>
      <button type="button" onClick={() => void actions.resume(head.run)}>
        Continue
      </button>
    </Note>
  );
}

function Elsewhere() {
  const elsewhere = usePageState((state) => state.autosave.mine === false);
  // Put away for this time: when this tab has had the run and lost it again, that is news.
  return elsewhere ? <ElsewhereNote /> : null;
}

function ElsewhereNote() {
  const { autosave } = usePage();
  const [heard, setHeard] = useState(false);
  if (heard) return null;
  return (
    <Note onDismiss={() => setHeard(true)}>
      <p>
        <strong>Ganvas is open in another tab, too.</strong> That one keeps its run for the next visit; what this one
        trains is lost when it is closed. Kept runs can be continued here once this tab has taken over.
      </p>
      <button type="button" title={takeOverMeans} onClick={autosave.takeOver}>
        Take over
      </button>
    </Note>
  );
}

function Trouble() {
  const { actions } = usePage();
  const trouble = usePageState((state) => state.autosave.trouble);
  const dropped = usePageState((state) => state.autosave.dropped);
  const words = useErrorWords();
  if (trouble === null) return null;
  return (
    <Note>
      <p>
        <strong>{errorSentence(words, trouble)}</strong>{' '}
        {dropped > 0 && `${dropped} of the oldest under Runs had to go already. `}
        {words.advice[kindOf[trouble.code]]}
      </p>
      <button type="button" onClick={() => void actions.downloadRun()}>
        Save run
      </button>
    </Note>
  );
}
