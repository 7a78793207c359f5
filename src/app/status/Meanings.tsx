// What numbers mean, all of a part's behind one button: for the keyboard and for fingers, which cannot hover.
import { Fragment, useId, useRef } from 'react';
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
  const accelerator = useAcceleratorMeaning();
  return (
    <Explanations
      title="What do these numbers mean?"
      items={[
        ['Step', meanings.step],
        ['Epoch', meanings.epoch],
        ['Steps/s', meanings.speed],
        ['Time left', meanings.left],
        ['>1, 2/937, d=…', meanings.line],
        ['Accelerator', accelerator],
        ['Dataset', meanings.dataset],
      ]}
    />
  );
}

interface ExplanationsProps {
  readonly title: string;
  readonly items: readonly (readonly [term: string, meaning: string])[];
}

export function Explanations({ title, items }: ExplanationsProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button type="button" ref={button} className={styles.button} popoverTarget={id} title={title}>
        <span aria-hidden="true">?</span>
        <span className="hidden-text">{title}</span>
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
          {items.map(([term, meaning]) => (
            <Fragment key={term}>
              <dt>{term}</dt>
              <dd>{meaning}</dd>
            </Fragment>
          ))}
        </dl>
      </div>
    </>
  );
}
