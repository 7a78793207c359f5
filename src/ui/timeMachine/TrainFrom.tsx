// Trains on from the state that is kept nearest to what the slider shows, as a run of its own.
import { waypointShown } from '../../page/explore/frameShown.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import styles from './TimeMachine.module.css';

export function TrainFrom() {
  const { actions } = usePage();
  const { timeMachine, format } = useWords();
  const waypoint = usePageState(waypointShown);
  const waits = usePageState(({ session, intent }) => session === 'loading' || session === 'empty' || intent !== null);
  const step = waypoint === null ? null : format.steps(waypoint.step, waypoint.half);
  return (
    <button
      type="button"
      className={styles.from}
      disabled={waypoint === null || waits}
      title={step === null ? timeMachine.trainFromNone : timeMachine.trainFromMeans(step)}
      onClick={() => waypoint !== null && void actions.trainFrom(waypoint)}
    >
      <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" fill="none" stroke="currentColor">
        <path d="M1 10h12M4 10c4 0 3-6 8-6M9.5 1.5L12 4 9.5 6.5" strokeWidth="1.6" strokeLinecap="round" />
      </svg>
      <span className={styles.fromWords}>
        {timeMachine.trainFrom} {step !== null && <span className="hidden-text">{timeMachine.fromStep(step)}</span>}
      </span>
    </button>
  );
}
