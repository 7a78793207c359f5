// Where the run stands: the bar, the numbers with their units, the tutorial's line, what is loading and a way out of it.
import { datasets } from '../../config/datasets.ts';
import { backend, bytesOf, count, duration, loss, rate, steps } from '../../page/state/format.ts';
import { inUseOf, type PageState } from '../../page/state/store.ts';
import { Figure } from '../components/Figure.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useErrorWords } from '../words/useErrorWords.ts';
import { Announcer } from './Announcer.tsx';
import { acceleratorWords } from './acceleratorWords.ts';
import { Meanings, meanings, useAcceleratorMeaning } from './Meanings.tsx';
import styles from './Status.module.css';
import { stateWords } from './stateWords.ts';

interface StatusProps {
  /** In one line, over the Train bar of a narrow screen; the rest stands in RunNotes. */
  readonly compact: boolean;
}

export function Status({ compact }: StatusProps) {
  return (
    <section className={styles.status} data-compact={compact} aria-label="Training">
      <TrainingProgress />
      <output className={styles.output} aria-label="Training status" aria-live="off">
        <Now /> <Middle />
        {compact ? (
          <span className="hidden-text">
            <Line /> <Place />
          </span>
        ) : (
          <>
            {' '}
            <Line /> <Place />
          </>
        )}
      </output>
      {!compact && <Meanings />}
      <Announcer />
    </section>
  );
}

/** What a narrow screen's one line has no room for; listeners hear it with the status. */
export function RunNotes() {
  return (
    <section className={styles.notes} aria-label="Run">
      <span className={styles.seen} aria-hidden="true">
        <Line /> <Place />
      </span>{' '}
      <Meanings />
    </section>
  );
}

const useStanding = () => usePageState((state) => state.trainingStatus);

function TrainingProgress() {
  const standing = useStanding();
  const step = standing?.step ?? 0;
  const half = standing?.half ?? false;
  const total = standing?.totalSteps ?? 0;
  const share = total === 0 ? 0 : (half ? step - 0.5 : step) / total;
  return (
    <div
      className={styles.bar}
      role="progressbar"
      aria-label="Training progress"
      aria-valuemin={0}
      aria-valuemax={Math.max(1, total)}
      aria-valuenow={step}
      aria-valuetext={total === 0 ? 'not started' : `step ${steps(step, half)} of ${count(total)}`}
    >
      <div style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}

/** What goes on, in one line however long. */
function Now() {
  const workerWords = useErrorWords();
  const words = usePageState((state) => stateWords(state, workerWords));
  return (
    <strong className={styles.state} title={words}>
      {words}
    </strong>
  );
}

const isFetch = (stage: string | undefined): boolean => stage === 'fetching' || stage === 'checking';

/** The numbers of the run, or while something is waited for, how far that is and a way out of it. */
function Middle() {
  const { actions } = usePage();
  const progress = usePageState((state) => state.progress);
  const waiting = usePageState(
    (state) => state.session === 'loading' && (isFetch(state.progress?.stage) || state.intent === 'train'),
  );
  if (!waiting) return <Numbers />;
  const { loadedBytes, totalBytes } = progress ?? {};
  return (
    <span className={styles.waiting}>
      {loadedBytes !== undefined && totalBytes !== undefined && (
        <>
          <progress className={styles.loading} aria-label="Loading" value={loadedBytes} max={totalBytes} />
          <span className={styles.amount}>{bytesOf(loadedBytes, totalBytes)}</span>
        </>
      )}
      <button type="button" className={styles.cancel} onClick={() => void actions.cancel()}>
        Cancel
      </button>
    </span>
  );
}

/** The numbers that change; each keeps its width. */
function Numbers() {
  const standing = useStanding();
  const finished = usePageState((state) => state.finished);
  const failed = usePageState((state) => state.session === 'failed');
  if (standing === null) {
    // The message says what to press then.
    if (failed) return <span className={styles.nothing} />;
    return <span className={styles.nothing}>Nothing is trained yet: press Train, or take half a step at a time.</span>;
  }
  const { step, half, totalSteps, epoch, epochs, stepsPerSecond, secondsLeft } = standing;
  const total = count(totalSteps);
  return (
    <span className={styles.numbers}>
      <Figure explained widest={`step ${longest(total, '8,888')}½ of ${longest(total, '8,888')}`} means={meanings.step}>
        {`step ${steps(step, half)} of ${total}`}
      </Figure>{' '}
      <Figure explained widest={`epoch ${count(epochs)} of ${count(epochs)}`} means={meanings.epoch}>
        {`epoch ${count(epoch)} of ${count(epochs)}`}
      </Figure>{' '}
      <Figure explained widest="88.8 s a step" means={meanings.speed}>
        {!finished && !failed && stepsPerSecond !== null && rate(stepsPerSecond)}
      </Figure>{' '}
      <Figure explained widest="88 min left" means={meanings.left}>
        {!finished && !failed && secondsLeft !== null && `${duration(secondsLeft)} left`}
      </Figure>
    </span>
  );
}

const longest = (a: string, b: string): string => (a.length < b.length ? b : a);

/** What the tutorial prints after each step. */
function Line() {
  const standing = useStanding();
  const last = usePageState((state) => state.last);
  return (
    <span className={styles.line}>
      {standing !== null && last !== null && (
        <Figure
          explained
          widest={`>${standing.epochs}, ${standing.stepsPerEpoch}/${standing.stepsPerEpoch}, d=10.888, g=10.888`}
          means={meanings.line}
        >
          {`>${standing.epoch}, ${steps(standing.stepInEpoch, standing.half)}/${standing.stepsPerEpoch}, d=${loss(last.discriminatorLoss)}, g=${loss(last.generatorLoss)}`}
        </Figure>
      )}
    </span>
  );
}

/** On what, and with what. Never a dataset that is not in use. */
function Place() {
  const inUse = usePageState(inUseOf);
  const words = usePageState(acceleratorWords);
  const { device } = useErrorWords();
  const reason = useAcceleratorMeaning();
  const dataset = usePageState(datasetWords);
  return (
    <span className={styles.place}>
      <Figure explained means={reason}>
        {inUse === null ? words : `${backend(inUse.name)}, ${device.detail(inUse.detail)}`}
      </Figure>{' '}
      <Figure explained means={meanings.dataset}>
        {dataset}
      </Figure>
    </span>
  );
}

function datasetWords({ loaded, dataset }: PageState): string {
  if (loaded !== null) return `${loaded.info.label}, ${count(loaded.info.count)} images`;
  const { label, megabytes } = datasets[dataset];
  return megabytes === null ? label : `${label}, not fetched yet`;
}
