// The controls: the Train bar, the dataset, the preset and the accelerator, the settings, and the weights.
import { type FocusEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { Problems } from '../components/Problems.tsx';
import { narrowScreen, useMedia } from '../components/useMedia.ts';
import { useWords } from '../words/words.ts';
import { PaceChoice } from './PaceChoice.tsx';
import styles from './Rail.module.css';
import { Settings } from './Settings.tsx';
import { Setup } from './Setup.tsx';
import { TrainBar } from './TrainBar.tsx';
import { Weights } from './Weights.tsx';

interface RailProps {
  readonly onOwnImages: () => void;
  /** On a narrow screen the status stands over the Train bar. */
  readonly status: ReactNode;
}

export function Rail({ onOwnImages, status }: RailProps) {
  const { trainBar } = useWords();
  // In a column everything is in sight. Above the digits the settings fold away; on a narrow screen all but the Train
  // bar does.
  const [open, setOpen] = useState(false);
  const sheet = useId();
  const narrow = useMedia(narrowScreen);
  useEffect(() => {
    if (!open) return;
    const close = (event: KeyboardEvent): void => {
      // An open popover takes this key for itself.
      if (event.key === 'Escape' && document.querySelector(':popover-open') === null) setOpen(false);
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [open]);
  /** The sheet lies over the page: it makes way for what has the focus there. */
  const leave = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (!narrow || !(relatedTarget instanceof Element) || relatedTarget.closest('dialog') !== null) return;
    if (!currentTarget.contains(relatedTarget)) setOpen(false);
  };
  return (
    <section className={styles.rail} aria-label={trainBar.controls} onBlur={leave}>
      <div className={styles.inner}>
        <div className={styles.dock}>
          {status}
          <TrainBar sheet={sheet} open={open} onToggle={() => setOpen(!open)} />
        </div>
        <div className={styles.sheet} id={sheet} data-open={open}>
          <Setup onOwnImages={onOwnImages} />
          <div className={styles.fold}>
            <PaceChoice />
            <Problems place="settings" />
            <Settings />
            <Weights />
          </div>
        </div>
      </div>
    </section>
  );
}
