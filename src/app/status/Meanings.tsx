// What the status's numbers mean, all of them behind one button: for the keyboard and for fingers, which cannot hover.
import { useId, useRef } from 'react';
import { placeBeside } from '../controls/placeBeside.ts';
import { usePageState } from '../store.ts';
import styles from './Meanings.module.css';

export const meanings = {
  step: 'A step trains the discriminator once and the generator once. The run ends after the last epoch’s last step.',
  epoch: 'An epoch is as many steps as it takes to go through as many images as the dataset has.',
  speed: 'How fast it trains here, over the last seconds.',
  left: 'How long the rest takes at this rate.',
  line: 'The line that the tutorial prints: epoch, step in the epoch, the discriminator’s loss and the generator’s, in nats. Both at 0.693 (ln 2) is a draw.',
  dataset: 'The images that count as real.',
} as const;

export function useAcceleratorMeaning(): string {
  return usePageState((state) => state.description?.backend.reason) ?? 'What computes is chosen when the page starts.';
}

export function Meanings() {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const accelerator = useAcceleratorMeaning();
  return (
    <>
      <button
        type="button"
        ref={button}
        className={styles.button}
        popoverTarget={id}
        title="What do these numbers mean?"
      >
        <span aria-hidden="true">?</span>
        <span className="hidden-text">What do these numbers mean?</span>
      </button>
      <div
        id={id}
        popover="auto"
        className={styles.popover}
        onToggle={(event) => {
          if (event.newState === 'open' && button.current !== null) placeBeside(event.currentTarget, button.current);
        }}
      >
        <dl className={styles.list}>
          <dt>Step</dt>
          <dd>{meanings.step}</dd>
          <dt>Epoch</dt>
          <dd>{meanings.epoch}</dd>
          <dt>Steps/s</dt>
          <dd>{meanings.speed}</dd>
          <dt>Time left</dt>
          <dd>{meanings.left}</dd>
          <dt>&gt;1, 2/937, d=…</dt>
          <dd>{meanings.line}</dd>
          <dt>Accelerator</dt>
          <dd>{accelerator}</dd>
          <dt>Dataset</dt>
          <dd>{meanings.dataset}</dd>
        </dl>
      </div>
    </>
  );
}
