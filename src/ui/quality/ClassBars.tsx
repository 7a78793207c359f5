// Ten bars: what share of the generated digits each class has, with a mark at the share among the real ones.
import { coveredShare } from '../../config/quality.ts';
import { useWords } from '../words/words.ts';
import styles from './ClassBars.module.css';

interface ClassBarsProps {
  readonly labels: readonly string[];
  /** Of the generated digits; null while nothing has been measured. */
  readonly shares: readonly number[] | null;
  /** Of the real ones; null while they are not known. */
  readonly real: readonly number[] | null;
}

/** The share of a bar of full height: three times that of ten equal classes. */
const full = 0.3;
const height = 56;
const width = 20;
const gap = 8;

export function ClassBars({ labels, shares, real }: ClassBarsProps) {
  const { quality } = useWords();
  const describe = (index: number): string =>
    quality.share(labels[index] ?? '', shares?.[index] ?? null, real?.[index] ?? null);
  const across = labels.length * (width + gap) - gap;
  const up = (share: number): number => height * Math.min(1, share / full);
  return (
    <div className={styles.bars}>
      <svg viewBox={`0 0 ${across} ${height + 18}`} className={styles.drawing} aria-hidden="true">
        {labels.map((label, index) => {
          const x = index * (width + gap);
          const share = shares?.[index] ?? 0;
          const mark = real?.[index];
          return (
            <g key={label}>
              <title>{describe(index)}</title>
              <rect className={styles.track} x={x} y={0} width={width} height={height} />
              <rect
                className={styles.bar}
                data-missing={shares !== null && share < coveredShare}
                x={x}
                y={height - up(share)}
                width={width}
                height={up(share)}
              />
              {mark !== undefined && (
                <line
                  className={styles.mark}
                  x1={x - 2}
                  x2={x + width + 2}
                  y1={height - up(mark)}
                  y2={height - up(mark)}
                />
              )}
              <text
                className={styles.label}
                data-missing={shares !== null && share < coveredShare}
                x={x + width / 2}
                y={height + 14}
                textAnchor="middle"
              >
                {label}
              </text>
            </g>
          );
        })}
      </svg>
      {shares !== null && (
        <ul className="hidden-text" aria-label={quality.sharesList}>
          {labels.map((label, index) => (
            <li key={label}>{describe(index)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
