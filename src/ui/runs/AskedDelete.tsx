// A button that deletes for good: it asks once more, in its own place.
import { useState } from 'react';
import { takeFocus } from '../components/takeFocus.ts';
import { useWords } from '../words/words.ts';
import styles from './AskedDelete.module.css';

interface AskedDeleteProps {
  /** 'the run of 25 Nov 2026, 07:17', for who hears the button alone. */
  readonly what: string;
  onDelete(): void;
}

export function AskedDelete({ what, onDelete }: AskedDeleteProps) {
  const { runs } = useWords();
  // null before the first press: only a No gives the focus back to the button.
  const [asking, setAsking] = useState<boolean | null>(null);
  const name = <span className="hidden-text">{what}</span>;
  if (!asking) {
    return (
      <button
        type="button"
        className={styles.small}
        ref={asking === false ? takeFocus : null}
        onClick={() => setAsking(true)}
      >
        {runs.delete} {name}
      </button>
    );
  }
  return (
    <>
      <button type="button" className={styles.danger} onClick={onDelete}>
        {runs.deleteForGood} {name}
      </button>
      <button type="button" className={styles.small} ref={takeFocus} onClick={() => setAsking(false)}>
        {runs.keep} {name}
      </button>
    </>
  );
}
