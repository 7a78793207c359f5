// The buttons of a run: Train, the only filled button of the page, a step of one network at a time, and Reset.
import { useState } from 'react';
import { type HalfStepCount, halfStepCounts } from '../../config/training.ts';
import { isAllowed } from '../../protocol/states.ts';
import { Problems } from '../components/Problems.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { trainId } from '../components/takeFocus.ts';
import { endWords } from '../status/stateWords.ts';
import { useWords } from '../words/words.ts';
import { AfterReset } from './AfterReset.tsx';
import styles from './TrainBar.module.css';

/** The first; what is wrong in another field does not keep training from starting. */
const wrongSetting = '[data-setting][aria-invalid="true"]';

interface TrainBarProps {
  readonly sheet: string;
  readonly open: boolean;
  readonly onToggle: () => void;
}

export function TrainBar({ sheet, open, onToggle }: TrainBarProps) {
  const { actions, store } = usePage();
  const words = useWords();
  const { trainBar, status } = words;
  const session = usePageState((state) => state.session);
  const intent = usePageState((state) => state.intent);
  const touched = usePageState((state) => state.touched);
  const browser = usePageState((state) => state.browser);
  const ended = usePageState((state) => state.finished && status.endedTip(endWords(state.finished, state, words)));

  const [count, setCount] = useState<HalfStepCount>(1);

  const training = session === 'training';
  const canPause = intent === null || intent === 'discriminator' || intent === 'generator';
  // A press of Train before there is a run waits for the run.
  const canTrain = session !== 'failed' && intent === null;
  const canStep = isAllowed('halfStep', session) && intent === null;
  const canReset = touched || training || session === 'failed';

  return (
    <div className={styles.bar}>
      <div className={styles.buttons}>
        <button
          type="button"
          id={trainId}
          className={styles.train}
          // Not `disabled`: the focus stays on it while it waits.
          aria-disabled={!(training ? canPause : canTrain)}
          title={ended ?? undefined}
          onClick={() => {
            if (training) {
              if (canPause) void actions.pause();
            } else if (canTrain) {
              void actions.train();
              // It has not started where something wrong stands in the field of a setting; the page says in which.
              if (store.getState().wrongSettings.length > 0) document.querySelector<HTMLElement>(wrongSetting)?.focus();
            }
          }}
        >
          <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" fill="currentColor">
            {training ? <path d="M2 1h3.6v12H2zM8.4 1H12v12H8.4z" /> : <path d="M2.5 .8v12.4L13 7z" />}
          </svg>
          <span className={styles.word}>{training ? trainBar.pause : trainBar.train}</span>
        </button>
        <button
          type="button"
          className={styles.discriminator}
          disabled={!canStep}
          title={trainBar.stepDiscriminatorMeans}
          onClick={() => void actions.halfStep('discriminator', count)}
        >
          <Stroke dashed />
          {trainBar.stepDiscriminator}
        </button>
        <button
          type="button"
          className={styles.generator}
          disabled={!canStep}
          title={trainBar.stepGeneratorMeans}
          onClick={() => void actions.halfStep('generator', count)}
        >
          <Stroke />
          {trainBar.stepGenerator}
        </button>
        <select
          className={styles.count}
          aria-label={trainBar.halfStepCount}
          title={trainBar.halfStepCountMeans}
          value={count}
          onChange={(event) => setCount(halfStepCounts.find((each) => `${each}` === event.target.value) ?? 1)}
        >
          {halfStepCounts.map((each) => (
            <option key={each} value={each}>
              {trainBar.times(each)}
            </option>
          ))}
        </select>
        <button
          type="button"
          className={styles.reset}
          disabled={!canReset || browser === null}
          title={trainBar.resetMeans}
          onClick={() => void actions.reset()}
        >
          {trainBar.reset}
        </button>
        <button
          type="button"
          className={styles.settings}
          aria-expanded={open}
          aria-controls={sheet}
          onClick={onToggle}
          title={open ? trainBar.closeSettings : trainBar.openSettings}
        >
          <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" stroke="currentColor" strokeWidth="1.6">
            {open ? (
              <path d="M5 8l5 5 5-5" fill="none" strokeLinecap="round" />
            ) : (
              <path d="M3 6h7m4 0h3M3 14h3m4 0h7M12 3.8v4.4M8 11.8v4.4" fill="none" strokeLinecap="round" />
            )}
          </svg>
          <span className="hidden-text">{trainBar.settings}</span>
        </button>
      </div>
      <AfterReset />
      <Problems place="training" />
    </div>
  );
}

/** The network's line, as in the curves. */
function Stroke({ dashed = false }: { readonly dashed?: boolean }) {
  return (
    <svg className={styles.stroke} viewBox="0 0 22 4" width="22" height="4" aria-hidden="true">
      <path d="M1 2h20" stroke="currentColor" strokeWidth="2.4" strokeDasharray={dashed ? '5 2.5' : undefined} />
    </svg>
  );
}
