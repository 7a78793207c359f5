// For screen readers: each change of state at once, and while training goes on the step, every fifteen seconds.
import { useEffect, useState } from 'react';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import { stateWords } from './stateWords.ts';

const everyMs = 15_000;

/** The title of the tab: while training goes on, the share that is done. */
function useTitle(training: boolean): void {
  const { store } = usePage();
  const { shell, status, format } = useWords();
  useEffect(() => {
    document.title = shell.pageTitle;
    if (!training) return;
    const timer = setInterval(() => {
      const { trainingStatus } = store.getState();
      if (trainingStatus !== null)
        document.title = status.tab(format.percent(trainingStatus.step / trainingStatus.totalSteps));
    }, 2_000);
    return () => {
      clearInterval(timer);
      document.title = shell.pageTitle;
    };
  }, [store, training, shell, status, format]);
}

export function Announcer() {
  const { store } = usePage();
  const words = useWords();
  const state = usePageState((now) => stateWords(now, words));
  const session = usePageState((state) => state.session);
  const [said, setSaid] = useState('');

  useTitle(session === 'training');
  useEffect(() => setSaid(state), [state]);

  useEffect(() => {
    if (session !== 'training') return;
    const timer = setInterval(() => {
      const { trainingStatus } = store.getState();
      if (trainingStatus === null) return;
      const { step, totalSteps, secondsLeft } = trainingStatus;
      const left = secondsLeft === null ? null : words.format.duration(secondsLeft);
      setSaid(words.status.announced(step, totalSteps, left));
    }, everyMs);
    return () => clearInterval(timer);
  }, [session, store, words]);

  return (
    <div className="hidden-text" aria-live="polite">
      {said}
    </div>
  );
}
