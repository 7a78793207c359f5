// Which weights draw the digits that one looks at, where the run averages them: the newest show what few half-steps do.
import { useId } from 'react';
import type { DrawnWith as Weights } from '../../config/training.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import styles from './DrawnWith.module.css';

const choices: readonly Weights[] = ['averaged', 'newest'];

export function DrawnWith() {
  const { actions } = usePage();
  const { timeMachine } = useWords();
  const averages = usePageState((state) => (state.description?.config.weightAverage ?? 0) > 0);
  const drawnWith = usePageState((state) => state.drawnWith);
  const name = useId();
  if (!averages) return null;
  return (
    <fieldset className={styles.choice} title={timeMachine.drawnWithMeans}>
      <legend>{timeMachine.drawnWith}</legend>
      {choices.map((value) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={drawnWith === value}
            onChange={() => actions.chooseDrawnWith(value)}
          />
          {timeMachine.weights[value]}
        </label>
      ))}
    </fieldset>
  );
}
