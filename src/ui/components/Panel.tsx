// One part of the bench: a region named by its heading, with room for what belongs beside the heading.
import { type ReactNode, useId } from 'react';
import styles from './Panel.module.css';

interface PanelProps {
  readonly title: string;
  /** Its place in the bench's grid; none inside another panel. */
  readonly area?: string;
  readonly aside?: ReactNode;
  /** Whether a part of it takes what height is left over. */
  readonly fills?: boolean;
  readonly children: ReactNode;
}

export function Panel({ title, area, aside, fills = false, children }: PanelProps) {
  const id = useId();
  return (
    <section
      className={styles.panel}
      aria-labelledby={id}
      data-fills={fills}
      style={area === undefined ? undefined : { gridArea: area }}
    >
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
