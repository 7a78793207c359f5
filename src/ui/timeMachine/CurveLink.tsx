// Ties a chart to the digits: its cursor shows the grid of that step, and a line marks the slider's step.

import { useEffect } from 'react';
import { useActiveTooltipLabel, useIsTooltipActive, usePlotArea, useXAxisDomain, useXAxisScale } from 'recharts';
import { glance } from '../../page/explore/frameShown.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import styles from './CurveLink.module.css';

/** A child of a chart over steps. */
export function CurveLink() {
  return (
    <>
      <CursorGlance />
      <HeldLine />
    </>
  );
}

/** The cursor of the pointer or of the arrow keys. */
function CursorGlance() {
  const page = usePage();
  const active = useIsTooltipActive();
  const label = useActiveTooltipLabel();
  const step = active && typeof label === 'number' ? label : null;
  useEffect(() => {
    if (step === null) return;
    glance(page, step);
    return () => glance(page, null);
  }, [page, step]);
  return null;
}

function HeldLine() {
  const step = usePageState((state) => state.frameShown.held?.step ?? null);
  const scale = useXAxisScale();
  const [first, last] = useXAxisDomain() ?? [];
  const plot = usePlotArea();
  if (step === null || scale === undefined || plot === undefined) return null;
  if (typeof first !== 'number' || typeof last !== 'number') return null;
  // Zoomed in, it may lie outside of what is seen. The grid before the first step has no losses: it stands at their
  // beginning.
  if (step < first - 1 || step > last) return null;
  const x = scale(Math.max(first, step));
  if (x === undefined) return null;
  return (
    <g className={styles.held}>
      <line x1={x} x2={x} y1={plot.y} y2={plot.y + plot.height} />
      <path d={`M${x - 4} ${plot.y - 5}h8l-4 5z`} />
    </g>
  );
}
