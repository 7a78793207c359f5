// The compared runs' curves, drawn by the page on recharts' axes: recharts would lay out each point again at every
// step.
import styles from './Curves.module.css';
import type { Overlay } from './overlays.ts';
import type { Range } from './range.ts';
import { usePlot } from './usePlot.ts';

/** As in the current run's own: the discriminator's loss and its answers to fake images are dashed. */
const dashed = (name: Overlay['name']): boolean => name === 'discriminatorLoss' || name === 'accuracyFake';

export function OverlayLines({ overlays, range }: { readonly overlays: readonly Overlay[]; readonly range: Range }) {
  const plot = usePlot(range);
  if (plot === null) return null;
  return (
    <g className={styles.overlays}>
      {overlays.map(({ name, number, points }) => (
        <path
          key={`${number} ${name}`}
          d={plot.path(points)}
          stroke={`var(--run-${number})`}
          strokeDasharray={dashed(name) ? '5 3' : undefined}
        />
      ))}
    </g>
  );
}
