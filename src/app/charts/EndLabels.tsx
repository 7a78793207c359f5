// The curves' names and newest values at their ends, kept apart where the curves meet.
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import styles from './Curves.module.css';

export interface End {
  readonly step: number;
  readonly value: number;
  readonly label: string;
  readonly colour: string;
  /** The line's dashes, as in SVG. */
  readonly dash: string | undefined;
}

/** What two labels of two lines each take. */
const apart = 30;

export function EndLabels({
  ends,
  format,
}: {
  readonly ends: readonly End[];
  readonly format: (value: number) => string;
}) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  const plot = usePlotArea();
  if (x === undefined || y === undefined || plot === undefined) return null;
  const placed = ends
    .map((end) => ({ ...end, x: x(end.step) ?? plot.x + plot.width, y: y(end.value) ?? plot.y }))
    .map((end) => ({ ...end, y: Math.max(plot.y, Math.min(plot.y + plot.height, end.y)) }))
    .sort((a, b) => a.y - b.y);
  const places = spread(
    placed.map((end) => end.y),
    plot.y + 8,
    plot.y + plot.height - 16,
  );
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an SVG group takes no focus; the table beside the charts says the same
    <g aria-hidden="true">
      {placed.map((end, i) => (
        <g key={end.label} fill={end.colour}>
          <circle cx={end.x} cy={end.y} r={2.6} />
          <text className={styles.end} x={plot.x + plot.width + 8} y={(places[i] ?? end.y) + 3}>
            {end.label}
          </text>
          {/* A piece of its line: colours alone do not tell the curves apart. */}
          <path
            d={`M${plot.x + plot.width + 8} ${(places[i] ?? end.y) + 12}h20`}
            stroke={end.colour}
            strokeWidth={1.6}
            strokeDasharray={end.dash}
          />
          <text className={styles.value} x={plot.x + plot.width + 34} y={(places[i] ?? end.y) + 16}>
            {format(end.value)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Sorted places moved as little as keeps them `apart` and between `low` and `high`. */
function spread(wanted: readonly number[], low: number, high: number): readonly number[] {
  const [first = 0, second] = wanted.map((place) => Math.max(low, Math.min(high, place)));
  if (second === undefined) return [first];
  const middle = (first + second) / 2;
  const half = Math.max(apart, second - first) / 2;
  const top = Math.max(low, Math.min(high - 2 * half, middle - half));
  return [top, top + 2 * half];
}
