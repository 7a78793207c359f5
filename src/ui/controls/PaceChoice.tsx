// How training shares the machine with everything else: the two paces, and what the one in use costs on this
// accelerator.
import { useId } from 'react';
import { backendOf, paceOf } from '../../page/state/store.ts';
import { isGpu, type Pace } from '../../protocol/pace.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import styles from './PaceChoice.module.css';

const paces: readonly Pace[] = ['smooth', 'full'];

export function PaceChoice() {
  const { actions } = usePage();
  const { pace: words } = useWords();
  const pace = usePageState(paceOf);
  const backend = usePageState(backendOf);
  const name = useId();
  const note = useId();
  return (
    <fieldset className={styles.pace} aria-describedby={note}>
      <legend>{words.title}</legend>
      <div className={styles.choices}>
        {paces.map((value) => (
          <label key={value}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={pace === value}
              onChange={() => actions.choosePace(value)}
            />
            {words[value]}
          </label>
        ))}
      </div>
      <p id={note} className={styles.note}>
        {pace !== null && backend !== null && words.trades[isGpu(backend) ? 'gpu' : 'processor'][pace]}
      </p>
    </fieldset>
  );
}
