// The training status: the bar, the numbers with their units, the tutorial's line, what is loading and a way to cancel
// it.
import { datasets as datasetFacts } from '../../config/datasets.ts';
import { inUseOf, type PageState } from '../../page/state/store.ts';
import { Figure } from '../components/Figure.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords, type Words } from '../words/words.ts';
import { Announcer } from './Announcer.tsx';
import { acceleratorWords } from './acceleratorWords.ts';
import { Meanings, useAcceleratorMeaning } from './Meanings.tsx';
import styles from './Status.module.css';
import { stateWords } from './stateWords.ts';

interface StatusProps {
  /** In one line, over the Train bar of a narrow screen; the rest stands in RunNotes. */
  readonly compact: boolean;
}

export function Status({ compact }: StatusProps) {
  const { status } = useWords();
  return (
    <section className={styles.status} data-compact={compact} aria-label={status.title}>
      <TrainingProgress />
      <output className={styles.output} aria-label={status.region} aria-live="off">
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

/** What has no room in the one line of a narrow screen; screen readers hear it with the status. */
export function RunNotes() {
  const { status } = useWords();
  return (
    <section className={styles.notes} aria-label={status.run}>
      <span className={styles.seen} aria-hidden="true">
        <Line /> <Place />
      </span>{' '}
      <Meanings />
    </section>
  );
}

const useTrainingStatus = () => usePageState((state) => state.trainingStatus);

function TrainingProgress() {
  const { status, format } = useWords();
  const training = useTrainingStatus();
  const step = training?.step ?? 0;
  const half = training?.half ?? false;
  const total = training?.totalSteps ?? 0;
  const share = total === 0 ? 0 : (half ? step - 0.5 : step) / total;
  return (
    <div
      className={styles.bar}
      role="progressbar"
      aria-label={status.progress}
      aria-valuemin={0}
      aria-valuemax={Math.max(1, total)}
      aria-valuenow={step}
      aria-valuetext={total === 0 ? status.notStarted : status.step(format.steps(step, half), format.count(total))}
    >
      <div style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}

/** What goes on, in one line however long. */
function Now() {
  const words = useWords();
  const state = usePageState((now) => stateWords(now, words));
  return (
    <strong className={styles.state} title={state}>
      {state}
    </strong>
  );
}

const isFetch = (stage: string | undefined): boolean => stage === 'fetching' || stage === 'checking';

/** The numbers of the run, or while something loads, its progress and a way to cancel it. */
function Middle() {
  const { actions } = usePage();
  const { status, format } = useWords();
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
          <progress className={styles.loading} aria-label={status.loading} value={loadedBytes} max={totalBytes} />
          <span className={styles.amount}>{format.bytesOf(loadedBytes, totalBytes)}</span>
        </>
      )}
      <button type="button" className={styles.cancel} onClick={() => void actions.cancel()}>
        {status.cancel}
      </button>
    </span>
  );
}

/** The numbers that change; each keeps its width. */
function Numbers() {
  const { status, meanings, format } = useWords();
  const training = useTrainingStatus();
  const finished = usePageState((state) => state.finished);
  const failed = usePageState((state) => state.session === 'failed');
  if (training === null) {
    // The message says what to press then.
    if (failed) return <span className={styles.nothing} />;
    return <span className={styles.nothing}>{status.nothingYet}</span>;
  }
  const { step, half, totalSteps, epoch, epochs, stepsPerSecond, secondsLeft } = training;
  const total = format.count(totalSteps);
  const widest = longest(total, '8,888');
  return (
    <span className={styles.numbers}>
      <Figure explained widest={status.step(`${widest}½`, widest)} means={meanings.step}>
        {status.step(format.steps(step, half), total)}
      </Figure>{' '}
      <Figure explained widest={status.epoch(epochs, epochs)} means={meanings.epoch}>
        {status.epoch(epoch, epochs)}
      </Figure>{' '}
      <Figure explained widest={status.widest.speed} means={meanings.speed}>
        {!finished && !failed && stepsPerSecond !== null && format.rate(stepsPerSecond)}
      </Figure>{' '}
      <Figure explained widest={status.widest.left} means={meanings.left}>
        {!finished && !failed && secondsLeft !== null && status.left(format.duration(secondsLeft))}
      </Figure>
    </span>
  );
}

const longest = (a: string, b: string): string => (a.length < b.length ? b : a);

const widestLoss = '10.888';

/** What the tutorial prints after each step. */
function Line() {
  const { status, meanings, format } = useWords();
  const training = useTrainingStatus();
  const last = usePageState((state) => state.last);
  return (
    <span className={styles.line}>
      {training !== null && last !== null && (
        <Figure
          explained
          widest={status.line(
            training.epochs,
            String(training.stepsPerEpoch),
            training.stepsPerEpoch,
            widestLoss,
            widestLoss,
          )}
          means={meanings.line}
        >
          {status.line(
            training.epoch,
            format.steps(training.stepInEpoch, training.half),
            training.stepsPerEpoch,
            format.loss(last.discriminatorLoss),
            format.loss(last.generatorLoss),
          )}
        </Figure>
      )}{' '}
      <HalfSteps />
    </span>
  );
}

/** How many half-steps each network has taken. */
function HalfSteps() {
  const { status, meanings, format } = useWords();
  const training = useTrainingStatus();
  if (training === null || training.step === 0) return null;
  const { discriminator, generator } = training.halfSteps;
  return (
    <span className={styles.halfSteps}>
      <Figure explained means={meanings.halfSteps}>
        <span className="hidden-text">{status.halfSteps}</span>{' '}
        <span className={styles.discriminator}>{status.ofDiscriminator(format.count(discriminator))}</span>{' '}
        <span className={styles.generator}>{status.ofGenerator(format.count(generator))}</span>
      </Figure>
    </span>
  );
}

/** The accelerator and the dataset in use; never a dataset that is not. */
function Place() {
  const words = useWords();
  const { status, meanings, backends, device } = words;
  const inUse = usePageState(inUseOf);
  const waiting = usePageState((state) => acceleratorWords(state, words));
  const reason = useAcceleratorMeaning();
  const dataset = usePageState((state) => datasetWords(state, words));
  return (
    <span className={styles.place}>
      <Figure explained means={reason}>
        {inUse === null ? waiting : status.accelerator(backends[inUse.name], device.detail(inUse.detail))}
      </Figure>{' '}
      <Figure explained means={meanings.dataset}>
        {dataset}
      </Figure>
    </span>
  );
}

function datasetWords({ loaded, dataset }: PageState, { status, datasets }: Words): string {
  if (loaded !== null) return status.images(datasets[loaded.info.id], loaded.info.count);
  return datasetFacts[dataset].megabytes === null ? datasets[dataset] : status.notFetched(datasets[dataset]);
}
