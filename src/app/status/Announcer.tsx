// For those who listen: each change of state at once, and while it trains where it stands, every fifteen seconds.
import { useEffect, useState } from 'react';
import { count, duration } from '../format.ts';
import { usePage, usePageState } from '../store.ts';
import { stateWords } from './stateWords.ts';

const everyMs = 15_000;

export function Announcer() {
  const { store } = usePage();
  const words = usePageState(stateWords);
  const session = usePageState((state) => state.session);
  const [said, setSaid] = useState('');

  useEffect(() => setSaid(words), [words]);

  useEffect(() => {
    if (session !== 'training') return;
    const timer = setInterval(() => {
      const { standing } = store.getState();
      if (standing === null) return;
      const left = standing.secondsLeft === null ? '' : `, ${duration(standing.secondsLeft)} left`;
      setSaid(`Training: step ${count(standing.step)} of ${count(standing.totalSteps)}${left}`);
    }, everyMs);
    return () => clearInterval(timer);
  }, [session, store]);

  return (
    <div className="hidden-text" aria-live="polite">
      {said}
    </div>
  );
}
