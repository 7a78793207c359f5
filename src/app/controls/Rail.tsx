// All that steers, in one column: the Train bar, what to train on and with what, the settings, and the weights.
import { useEffect, useId, useState } from 'react';
import { Problems } from '../shell/Problems.tsx';
import styles from './Rail.module.css';
import { Settings } from './Settings.tsx';
import { Setup } from './Setup.tsx';
import { TrainBar } from './TrainBar.tsx';
import { Weights } from './Weights.tsx';

export function Rail({ onOwnImages }: { readonly onOwnImages: () => void }) {
  // On a narrow screen all but the Train bar is a sheet, which the bar opens.
  const [open, setOpen] = useState(false);
  const sheet = useId();
  useEffect(() => {
    if (!open) return;
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setOpen(false);
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [open]);
  return (
    <section className={styles.rail} aria-label="Controls">
      <div className={styles.inner}>
        <TrainBar sheet={sheet} open={open} onToggle={() => setOpen(!open)} />
        <div className={styles.sheet} id={sheet} data-open={open}>
          <Problems place="settings" />
          <Setup onOwnImages={onOwnImages} />
          <Settings />
          <Weights />
        </div>
      </div>
    </section>
  );
}
