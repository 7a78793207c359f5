// The whole latent vector at a glance: a bar a number, a mark on the one that the slider turns; a press chooses
// another.

import { latentRange } from '../../page/state/exploration.ts';
import { useWords } from '../words/words.ts';
import styles from './LatentStrip.module.css';

interface LatentStripProps {
  readonly latent: Float32Array;
  readonly dimension: number;
  readonly edits: ReadonlyMap<number, number>;
  readonly onChoose: (dimension: number) => void;
}

const half = 20;

export function LatentStrip({ latent, dimension, edits, onChoose }: LatentStripProps) {
  const { explore } = useWords();
  const choose = (event: React.PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * latent.length);
    onChoose(Math.max(0, Math.min(latent.length - 1, at)));
  };
  return (
    // The number input does the same for the keyboard and for screen readers.
    <svg
      className={styles.strip}
      viewBox={`0 ${-half} ${latent.length} ${2 * half}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      onPointerDown={choose}
    >
      <title>{explore.strip}</title>
      <rect className={styles.chosen} x={dimension} y={-half} width={1} height={2 * half} />
      {Array.from(latent, (value, index) => {
        const height = (Math.min(Math.abs(value), latentRange.max) / latentRange.max) * half;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={index}
            className={edits.has(index) || index === dimension ? styles.turned : styles.bar}
            x={index + 0.15}
            y={value > 0 ? -height : 0}
            width={0.7}
            height={Math.max(0.4, height)}
          />
        );
      })}
    </svg>
  );
}
