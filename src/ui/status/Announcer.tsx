// For those who listen: each change of state at once, and while it trains where it stands, every fifteen seconds.
import { useEffect, useState } from 'react';
import { count, duration, percent } from '../../page/state/format.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useErrorWords } from '../words/useErrorWords.ts';
import { stateWords } from './stateWords.ts';

const everyMs = 15_000;

/** In the tab: how far it is, for those who look at another one. */
function useTitle(training: boolean): void {
  const { store } = usePage();
  useEffect(() => {
    const plain = document.title;
    if (!training) return;
    const timer = setInterval(() => {
      const { trainingStatus } = store.getState();
      if (trainingStatus !== null)
        document.title = `${percent(trainingStatus.step / trainingStatus.totalSteps)} · Ganvas`;
    }, 2_000);
    return () => {
      clearInterval(timer);
      document.title = plain;
    };
  }, [store, training]);
}

export function Announcer() {
  const { store } = usePage();
  const workerWords = useErrorWords();
  const words = usePageState((state) => stateWords(state, workerWords));
  const session = usePageState((state) => state.session);
  const [said, setSaid] = useState('');

  useTitle(session === 'training');
  useEffect(() => setSaid(words), [words]);

  useEffect(() => {
    if (session !== 'training') return;
    const timer = setInterval(() => {
      const { trainingStatus } = store.getState();
      if (trainingStatus === null) return;
      const left = trainingStatus.secondsLeft === null ? '' : `, ${duration(trainingStatus.secondsLeft)} left`;
      setSaid(`Training: step ${count(trainingStatus.step)} of ${count(trainingStatus.totalSteps)}${left}`);
    }, everyMs);
    return () => clearInterval(timer);
  }, [session, store]);

  return (
    <div className="hidden-text" aria-live="polite">
      {said}
    </div>
  );
}
