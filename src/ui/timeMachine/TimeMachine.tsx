// Under the grid: a slider that goes back to any frame of the run and plays the run from there, while training goes on.
import { useId, useRef } from 'react';
import type { Frame } from '../../config/history.ts';
import { goTo, placeOf } from '../../page/explore/frameShown.ts';
import { showsPretrained } from '../../page/explore/pretrained.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords, type Words } from '../words/words.ts';
import { DrawnWith } from './DrawnWith.tsx';
import { PretrainedNote } from './PretrainedNote.tsx';
import styles from './TimeMachine.module.css';
import { TrainFrom } from './TrainFrom.tsx';
import { usePlayed } from './usePlayed.ts';

/** `width`: of the grid, in CSS pixels. */
export function TimeMachine({ width }: { readonly width: number }) {
  const isPretrained = usePageState(showsPretrained);
  const { history } = usePage();
  // The frames change with each new grid and each new run.
  usePageState((state) => state.grid);
  usePageState((state) => state.workerRun);
  return (
    <div className={styles.room} style={{ width }}>
      {isPretrained ? <PretrainedNote /> : history.frames.length > 1 ? <Slider /> : <Empty />}
      {!isPretrained && <DrawnWith />}
    </div>
  );
}

function Empty() {
  const { timeMachine } = useWords();
  return (
    <p className={styles.empty}>
      <strong>{timeMachine.title}</strong> {timeMachine.empty}
    </p>
  );
}

const stepOf = (frame: Frame | null, { steps }: Words['format']): string =>
  frame === null ? steps(0, false) : steps(frame.step, frame.half);

function Slider() {
  const page = usePage();
  const { timeMachine, format } = useWords();
  const { held, glanced } = usePageState((state) => state.frameShown);
  const end = usePageState((state) => (state.session === 'training' ? 'live' : 'newest'));
  const { playing, play, stop } = usePlayed();
  const slider = useRef<HTMLInputElement>(null);
  const id = useId();
  const { frames } = page.history;
  const last = frames.length - 1;
  const newest = stepOf(frames.at(last), format);

  const backToEnd = (): void => {
    stop();
    goTo(page, last);
    // The button disappears: the focus moves to the slider.
    slider.current?.focus();
  };
  return (
    <>
      <div className={styles.words}>
        <label htmlFor={id}>{timeMachine.title}</label>
        {glanced !== null ? (
          <span>{timeMachine.showingAsInCurves(stepOf(glanced, format))}</span>
        ) : held === null ? (
          <span className={styles.live}>{timeMachine[end]}</span>
        ) : (
          <span>
            {timeMachine.showing(stepOf(held, format))}{' '}
            <span className={styles.dot} aria-hidden="true">
              ·
            </span>{' '}
            <button type="button" className={styles.back} onClick={backToEnd}>
              {end === 'live' ? timeMachine.backToLive : timeMachine.backToNewest}
            </button>
          </span>
        )}
      </div>
      <div className={styles.way}>
        <input
          ref={slider}
          id={id}
          type="range"
          className={styles.slider}
          min={0}
          max={last}
          step={1}
          value={placeOf(page, held)}
          aria-valuetext={
            held !== null
              ? timeMachine.atStep(stepOf(held, format), newest)
              : end === 'live'
                ? timeMachine.atLive(newest)
                : timeMachine.atNewest(newest)
          }
          title={timeMachine.sliderMeans}
          onChange={(event) => {
            stop();
            goTo(page, event.target.valueAsNumber);
          }}
        />
        <button
          type="button"
          className={styles.play}
          title={playing ? timeMachine.stopMeans : timeMachine.playMeans}
          onClick={playing ? stop : play}
        >
          <svg viewBox="0 0 14 14" width="12" height="12" aria-hidden="true" fill="currentColor">
            {playing ? <path d="M2 2h10v10H2z" /> : <path d="M2.5 .8v12.4L13 7z" />}
          </svg>
          <span className="hidden-text">{playing ? timeMachine.stop : timeMachine.play}</span>
        </button>
        <TrainFrom />
      </div>
    </>
  );
}
