// What went wrong, beside its cause: what happened, what to do, and a button where one helps. Only the visitor dismisses it.
import { advice } from '../../config/errors.ts';
import type { Place } from '../problems.ts';
import { usePage, usePageState } from '../store.ts';
import { DismissButton } from './DismissButton.tsx';
import styles from './Problems.module.css';

export function Problems({ place }: { readonly place: Place }) {
  const { actions } = usePage();
  const problem = usePageState((state) => state.problems.find((each) => each.place === place) ?? null);
  // The region stays: what is put into it later is announced.
  return (
    <div role="alert" className={styles.place}>
      {problem !== null && (
        <div className={styles.problem}>
          <p className={styles.text}>
            <strong>{problem.message}</strong> {advice[problem.code]}
          </p>
          {problem.fatal && (
            <button type="button" onClick={() => void actions.start()}>
              Restart
            </button>
          )}
          <DismissButton onClick={() => actions.dismiss(place)} />
        </div>
      )}
    </div>
  );
}
