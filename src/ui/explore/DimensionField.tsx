// The field for the latent dimension that the slider turns; a text that is no dimension gets a hint and changes
// nothing.
import { useEffect, useId, useState } from 'react';
import { numberIn } from '../components/numberIn.ts';
import { useWords } from '../words/words.ts';
import styles from './Explore.module.css';

interface DimensionFieldProps {
  /** From 0. */
  readonly dimension: number;
  readonly size: number;
  readonly onChoose: (dimension: number) => void;
}

export function DimensionField({ dimension, size, onChoose }: DimensionFieldProps) {
  const { explore } = useWords();
  // What is being typed, while it is not a dimension yet.
  const [draft, setDraft] = useState<string | null>(null);
  const id = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another dimension or another run ends the typing
  useEffect(() => setDraft(null), [dimension, size]);
  const wrong = draft !== null && draft !== '';

  return (
    <>
      <label htmlFor={id}>{explore.dimension}</label>
      <input
        id={id}
        type="number"
        min={1}
        max={size}
        step={1}
        value={draft ?? dimension + 1}
        title={explore.dimensionMeans(size)}
        aria-invalid={wrong}
        aria-describedby={`${id}-problem`}
        onChange={(event) => {
          const text = event.target.value;
          const chosen = numberIn(text, true) - 1;
          const fits = Number.isInteger(chosen) && chosen >= 0 && chosen < size;
          setDraft(fits ? null : text);
          if (fits) onChoose(chosen);
        }}
        onBlur={() => setDraft(null)}
      />
      <span id={`${id}-problem`} className={styles.problem} role="status">
        {wrong && explore.dimensionRange(size)}
      </span>
    </>
  );
}
