// Which number of the latent vector the slider turns: typed freely, taken when it is one of them, explained when not.
import { useEffect, useId, useState } from 'react';
import styles from './Explore.module.css';

interface DimensionFieldProps {
  /** From 0. */
  readonly dimension: number;
  readonly size: number;
  readonly onChoose: (dimension: number) => void;
}

export function DimensionField({ dimension, size, onChoose }: DimensionFieldProps) {
  // What is being typed, while it is not a dimension yet.
  const [draft, setDraft] = useState<string | null>(null);
  const id = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another dimension or another run is what ends the typing
  useEffect(() => setDraft(null), [dimension, size]);
  const wrong = draft !== null && draft !== '';

  return (
    <>
      <label htmlFor={id}>Latent dimension</label>
      <input
        id={id}
        type="number"
        min={1}
        max={size}
        step={1}
        value={draft ?? dimension + 1}
        title={`Which of the ${size} numbers the slider turns: 1 to ${size}.`}
        aria-invalid={wrong}
        aria-describedby={`${id}-problem`}
        onChange={(event) => {
          const text = event.target.value;
          const chosen = Number(text) - 1;
          const fits = text !== '' && Number.isInteger(chosen) && chosen >= 0 && chosen < size;
          setDraft(fits ? null : text);
          if (fits) onChoose(chosen);
        }}
        onBlur={() => setDraft(null)}
      />
      <span id={`${id}-problem`} className={styles.problem} role="status">
        {wrong && `1 to ${size}`}
      </span>
    </>
  );
}
