// Deletes what cannot be had back: asks once more where it stands.
import { useState } from 'react';
import styles from './AskedDelete.module.css';

interface AskedDeleteProps {
  /** 'the run of 25 Nov 2026, 07:17', for those who hear the button alone. */
  readonly what: string;
  onDelete(): void;
}

export function AskedDelete({ what, onDelete }: AskedDeleteProps) {
  const [asking, setAsking] = useState(false);
  const name = <span className="hidden-text">{what}</span>;
  if (!asking) {
    return (
      <button type="button" className={styles.small} onClick={() => setAsking(true)}>
        Delete {name}
      </button>
    );
  }
  return (
    <>
      <button type="button" className={styles.danger} onClick={onDelete}>
        Delete for good {name}
      </button>
      <button type="button" className={styles.small} ref={(keep) => keep?.focus()} onClick={() => setAsking(false)}>
        Keep {name}
      </button>
    </>
  );
}
