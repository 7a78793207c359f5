// A number with its unit, in a place that keeps its width, and on hover or focus a sentence on what it means.
import type { ReactNode } from 'react';
import styles from './Figure.module.css';

interface FigureProps {
  readonly means: string;
  /** The widest text: the figure reserves its width. */
  readonly widest?: string;
  /** Whether the sentence can be had elsewhere with the keyboard: many stops in a row are in the way. */
  readonly explained?: boolean;
  readonly children: ReactNode;
}

export function Figure({ means, widest, explained = false, children }: FigureProps) {
  return (
    <span className={styles.figure} tabIndex={explained ? undefined : 0} title={means} data-widest={widest}>
      {children}
    </span>
  );
}
