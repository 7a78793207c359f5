// Deletes what cannot be had back: asks once more where it stands.
import { useState } from 'react';
import { takeFocus } from '../components/takeFocus.ts';
import styles from './AskedDelete.module.css';

interface AskedDeleteProps {
  /** 'the run of 25 Nov 2026, 07:17', for those who hear the button alone. */
  readonly what: string;
  onDelete(): void;
}

export function AskedDelete({ what, onDelete }: AskedDeleteProps) {
  // null before it was ever asked: only who says no gets the focus back on the button.
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
        Delete {name}
      </button>
    );
  }
  return (
    <>
      <button type="button" className={styles.danger} onClick={onDelete}>
        Delete for good {name}
      </button>
      <button type="button" className={styles.small} ref={takeFocus} onClick={() => setAsking(false)}>
        Keep {name}
      </button>
    </>
  );
}
