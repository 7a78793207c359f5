// The names and newest values at the ends of the curves, and the compared runs' numbers; they do not overlap where
// curves meet.
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import styles from './Curves.module.css';
import { spread } from './spread.ts';

export interface End {
  readonly step: number;
  readonly value: number;
  readonly label: string;
  readonly colour: string;
  /** The line's dashes, as in SVG. */
  readonly dash: string | undefined;
  /** Why its value is old news; null where it is not. */
  readonly stale: string | null;
  /** Of another run: its label is one line, where its curve ends. */
  readonly other: boolean;
}

interface Placed extends End {
  readonly x: number;
  readonly y: number;
  /** Left edge of the label. */
  readonly labelX: number;
}

/** What a label's lines take. */
const heightOf = ({ other }: End): number => (other ? 13 : 30);
/** Of the middle of the first line, below the label's upper edge. */
const half = 7;
/** Narrower than this there is no room between a curve's end and the edge: the label stands beyond it. */
const room = 44;

interface EndLabelsProps {
  readonly ends: readonly End[];
  readonly format: (value: number) => string;
}

export function EndLabels({ ends, format }: EndLabelsProps) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  const plot = usePlotArea();
  if (x === undefined || y === undefined || plot === undefined) return null;
  const right = plot.x + plot.width;
  const bottom = plot.y + plot.height;
  const placed = ends.map((end): Placed => {
    const at = x(end.step) ?? right;
    const inside = end.other && right - at > room;
    return {
      ...end,
      x: at,
      y: Math.max(plot.y, Math.min(bottom, y(end.value) ?? plot.y)),
      labelX: inside ? at + 4 : right + 8,
    };
  });
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an SVG group takes no focus; the table has the same numbers
    <g aria-hidden="true">
      {columnsOf(placed).flatMap((column) => {
        const tops = spread(
          column.map((end) => ({ top: end.y - half, height: heightOf(end) })),
          plot.y,
          bottom + 8,
        );
        return column.map((end, i) => <Label key={end.label} end={end} top={tops[i] ?? end.y} format={format} />);
      })}
    </g>
  );
}

/** Those that stand one below the other. */
function columnsOf(placed: readonly Placed[]): readonly (readonly Placed[])[] {
  const columns: Placed[][] = [];
  for (const end of [...placed].sort((a, b) => a.labelX - b.labelX)) {
    const column = columns.at(-1);
    const first = column?.[0];
    if (column !== undefined && first !== undefined && end.labelX - first.labelX < room) column.push(end);
    else columns.push([end]);
  }
  return columns;
}

interface LabelProps extends Pick<EndLabelsProps, 'format'> {
  readonly end: Placed;
  readonly top: number;
}

function Label({ end, top, format }: LabelProps) {
  if (end.other) {
    return (
      <text className={styles.otherEnd} fill={end.colour} x={end.labelX} y={top + half + 4}>
        {end.label}
      </text>
    );
  }
  return (
    <g fill={end.colour} className={end.stale === null ? undefined : styles.stale}>
      {end.stale !== null && <title>{end.stale}</title>}
      <circle cx={end.x} cy={end.y} r={2.6} />
      <text className={styles.end} x={end.labelX} y={top + half + 4}>
        {end.label}
      </text>
      {/* A piece of its line: colours alone do not tell the curves apart. */}
      <path
        d={`M${end.labelX} ${top + half + 13}h20`}
        stroke={end.colour}
        strokeWidth={1.6}
        strokeDasharray={end.dash}
      />
      <text className={styles.value} x={end.labelX + 26} y={top + half + 17}>
        {format(end.value)}
      </text>
    </g>
  );
}
