// Under the grid: the slider that takes it back to any moment of the run, and plays the run from there, while training goes on.
import { useId, useRef } from 'react';
import type { Frame } from '../../config/history.ts';
import { goTo, placeOf } from '../../page/explore/frameShown.ts';
import { showsPretrained } from '../../page/explore/pretrained.ts';
import { steps } from '../../page/state/format.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { PretrainedNote } from './PretrainedNote.tsx';
import styles from './TimeMachine.module.css';
import { usePlayed } from './usePlayed.ts';

/** `width`: of the grid, in CSS pixels. */
export function TimeMachine({ width }: { readonly width: number }) {
  const isPretrained = usePageState(showsPretrained);
  const { history } = usePage();
  // What is kept changes with each new grid, and with each new run.
  usePageState((state) => state.grid);
  usePageState((state) => state.workerRun);
  return (
    <div className={styles.room} style={{ width }}>
      {isPretrained ? <PretrainedNote /> : history.frames.length > 1 ? <Slider /> : <Empty />}
    </div>
  );
}

function Empty() {
  return (
    <p className={styles.empty}>
      <strong>Training time</strong> While it trains, these digits are kept as they were at every moment: a slider here
      goes back to any of them.
    </p>
  );
}

const wordsOf = (frame: Frame | null): string => (frame === null ? '0' : steps(frame.step, frame.half));

function Slider() {
  const page = usePage();
  const { held, glanced } = usePageState((state) => state.frameShown);
  const end = usePageState((state) => (state.session === 'training' ? 'live' : 'newest'));
  const { playing, play, stop } = usePlayed();
  const slider = useRef<HTMLInputElement>(null);
  const id = useId();
  const { frames } = page.history;
  const last = frames.length - 1;
  const newest = wordsOf(frames.at(last));

  const backToEnd = (): void => {
    stop();
    goTo(page, last);
    // The button goes; the focus shall not go with it.
    slider.current?.focus();
  };
  return (
    <>
      <div className={styles.words}>
        <label htmlFor={id}>Training time</label>
        {glanced !== null ? (
          <span>Showing step {wordsOf(glanced)}, as in the curves</span>
        ) : held === null ? (
          <span className={styles.live}>{end === 'live' ? 'Live' : 'Newest'}</span>
        ) : (
          <span>
            Showing step {wordsOf(held)}{' '}
            <span className={styles.dot} aria-hidden="true">
              ·
            </span>{' '}
            <button type="button" className={styles.back} onClick={backToEnd}>
              Back to {end}
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
          aria-valuetext={held === null ? `${end}, step ${newest}` : `step ${wordsOf(held)} of ${newest}`}
          title="The digits of the same noise at an earlier step. Training goes on meanwhile."
          onChange={(event) => {
            stop();
            goTo(page, event.target.valueAsNumber);
          }}
        />
        <button
          type="button"
          className={styles.play}
          title={playing ? 'Stops here.' : 'Plays the run so far, from here or, at the end, from the start.'}
          onClick={playing ? stop : play}
        >
          <svg viewBox="0 0 14 14" width="12" height="12" aria-hidden="true" fill="currentColor">
            {playing ? <path d="M2 2h10v10H2z" /> : <path d="M2.5 .8v12.4L13 7z" />}
          </svg>
          <span className="hidden-text">{playing ? 'Stop' : 'Play'}</span>
        </button>
      </div>
    </>
  );
}
