// How training shares the machine with everything else: the two paces, and what the one in use trades on what computes here.
import { useId } from 'react';
import { backendOf, paceOf } from '../../page/state/store.ts';
import { isGpu, type Pace } from '../../protocol/pace.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import styles from './PaceChoice.module.css';

const labels: readonly (readonly [Pace, string])[] = [
  ['smooth', 'Smooth'],
  ['full', 'Full speed'],
];

const trades: Readonly<Record<'gpu' | 'processor', Readonly<Record<Pace, string>>>> = {
  gpu: {
    smooth: 'The GPU gets work for less than a frame at a time: the page moves smoothly, training is a little slower.',
    full: 'The GPU never waits for work: training is fastest, and what moves on screen may stutter.',
  },
  processor: {
    smooth: 'Training rests a fifth of the time: it is slower, and other programs get that share of the processor.',
    full: 'The worker never rests: training is fastest, and other programs may get slower.',
  },
};

export function PaceChoice() {
  const { actions } = usePage();
  const pace = usePageState(paceOf);
  const backend = usePageState(backendOf);
  const name = useId();
  const note = useId();
  return (
    <fieldset className={styles.pace} aria-describedby={note}>
      <legend>Pace</legend>
      <div className={styles.choices}>
        {labels.map(([value, label]) => (
          <label key={value}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={pace === value}
              onChange={() => actions.choosePace(value)}
            />
            {label}
          </label>
        ))}
      </div>
      <p id={note} className={styles.note}>
        {pace !== null && backend !== null && trades[isGpu(backend) ? 'gpu' : 'processor'][pace]}
      </p>
    </fieldset>
  );
}
