// A problem beside its cause: what happened, what to do, and a button where one helps; in a toast where its place is
// out of sight.
import { useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { type Place, type Problem, wantsRestart } from '../../page/state/problems.ts';
import { errorSentence } from '../words/errorSentence.ts';
import { useWords } from '../words/words.ts';
import { DismissButton } from './DismissButton.tsx';
import { inSight } from './inSight.ts';
import styles from './Problems.module.css';
import { usePage, usePageState } from './pageContext.ts';
import { givesFocusOn } from './takeFocus.ts';

/** The id of the toasts, for a problem whose place is out of sight. */
export const toastsId = 'toasts';

export function Problems({ place }: { readonly place: Place }) {
  const problem = usePageState((state) => state.problems.find((each) => each.place === place) ?? null);
  const home = useRef<HTMLDivElement>(null);
  const [floating, setFloating] = useState<{ problem: Problem; toasts: HTMLElement } | null>(null);

  // Decided once, when it appears: a message does not move about.
  useLayoutEffect(() => {
    const element = home.current;
    if (problem === null || element === null || inSight(element)) return;
    const toasts = document.getElementById(toastsId);
    // Where its cause is in sight it is a little way off, and in a dialog there is no looking elsewhere.
    const cause = element.previousElementSibling;
    if (element.closest('dialog') !== null || (cause !== null && inSight(cause)))
      element.scrollIntoView({ block: 'nearest' });
    else if (toasts !== null) setFloating({ problem, toasts });
  }, [problem]);

  const message = problem !== null && <Message problem={problem} />;
  const toasts = floating !== null && floating.problem === problem ? floating.toasts : null;
  return (
    <>
      {/* The region stays: what is put into it later is announced. */}
      <div ref={home} role="alert" className={styles.place}>
        {toasts === null && message}
      </div>
      {toasts !== null &&
        createPortal(
          <div role="alert" className={styles.toast}>
            {message}
          </div>,
          toasts,
        )}
    </>
  );
}

function Message({ problem }: { readonly problem: Problem }) {
  const { place, kind } = problem;
  const words = useWords();
  const { actions } = usePage();
  const restarts = usePageState(({ session }) => wantsRestart(problem, session));
  const paused = usePageState(({ session }) => session === 'paused');
  const saved = usePageState(
    ({ autosave: { list }, description }) => list?.find(({ runId }) => runId === description?.runId) ?? null,
  );
  return (
    <div ref={givesFocusOn} className={styles.problem}>
      <p className={styles.text}>
        <strong>{errorSentence(words, problem)}</strong> {words.advice[kind]}
        {restarts &&
          place === 'page' &&
          saved !== null &&
          ` ${words.trainBar.runKeptToo(words.format.steps(saved.step, saved.half))}`}
      </p>
      {restarts && (
        <button type="button" onClick={() => void actions.restart(place)}>
          {words.trainBar.restart}
        </button>
      )}
      {kind === 'non-finite-loss' && paused && (
        <button type="button" onClick={() => void actions.lowerRatesAndTrain()}>
          {words.trainBar.lowerRates}
        </button>
      )}
      <DismissButton onClick={() => actions.dismiss(place)} />
    </div>
  );
}
