// What happened on the way, in every chart at its step: a fine line, with a sign over the plot.
import type { Mark, MarkKind } from '../../config/marks.ts';
import { usePage } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import styles from './Curves.module.css';
import { usePlot } from './usePlot.ts';

/** Around the point that the line ends at, 9 wide and high. */
const signs: Readonly<Record<MarkKind, string>> = {
  rates: 'M0 -9l4 4.5l-4 4.5l-4 -4.5z',
  pause: 'M-3.5 -9h2.5v8h-2.5zM1 -9h2.5v8h-2.5z',
  recovery: 'M-4 -1v-8l4 4l4 -4v8l-4 -4z',
  recognisable: 'M-4.5 -5l1.6 -1.6l2.1 2.1l4 -4l1.6 1.6l-5.6 5.6z',
};

/** Of one kind no two signs overlap. */
const apart = 10;

export function MarkLines() {
  const { history } = usePage();
  const { marks: words } = useWords();
  const plot = usePlot();
  if (plot === null) return null;
  const placed: { mark: Mark; x: number }[] = [];
  for (const mark of history.marks) {
    const x = plot.x(mark.step);
    if (x < plot.left - 1 || x > plot.right + 1) continue;
    if (placed.some((each) => each.mark.kind === mark.kind && x - each.x < apart)) continue;
    placed.push({ mark, x });
  }
  return (
    <g className={styles.marks}>
      {placed.map(({ mark, x }) => (
        <g key={`${mark.kind} ${mark.step}`} data-kind={mark.kind}>
          <title>{words.sentence(mark)}</title>
          <line x1={x} x2={x} y1={plot.top} y2={plot.bottom} />
          <path d={signs[mark.kind]} transform={`translate(${x} ${plot.top})`} />
        </g>
      ))}
    </g>
  );
}
