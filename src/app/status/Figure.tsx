// A number with its unit, in a place that keeps its width, and on hover or focus a sentence on what it means.
import type { ReactNode } from 'react';
import styles from './Figure.module.css';

interface FigureProps {
  readonly means: string;
  /** The widest that the text gets: its room is kept. */
  readonly widest?: string;
  readonly children: ReactNode;
}

export function Figure({ means, widest, children }: FigureProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the sentence must be had with the keyboard too
    <span className={styles.figure} tabIndex={0} title={means} data-widest={widest}>
      {children}
    </span>
  );
}
