// How good the digits are: what is going on in words, the classes, the Fréchet distance over the run, and all scores.
import { type ComponentType, useEffect, useState } from 'react';
import { datasets } from '../../config/datasets.ts';
import { kindOf } from '../../config/errors.ts';
import { type MeasureName, measures, type Quality, qualitySamples } from '../../config/quality.ts';
import { count, duration } from '../../page/state/format.ts';
import type { PageState } from '../../page/state/store.ts';
import { afterFirstPaint } from '../components/afterFirstPaint.ts';
import { Figure } from '../components/Figure.tsx';
import { Panel } from '../components/Panel.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { Explanations } from '../status/Meanings.tsx';
import { errorSentence } from '../words/errorSentence.ts';
import { useErrorWords } from '../words/useErrorWords.ts';
import { ClassBars } from './ClassBars.tsx';
import { Findings } from './Findings.tsx';
import type { FrechetCurve } from './FrechetCurve.tsx';
import styles from './QualityPanel.module.css';
import { score } from './scores.ts';

const latest = ({ quality }: PageState) => quality.rows.at(-1) ?? null;

export function QualityPanel() {
  const real = usePageState((state) => state.quality.real);
  const judged = real === null || real.digits !== null;
  return (
    <Panel
      title="How good are they?"
      area="quality"
      aside={
        <Explanations
          title="What do these scores mean?"
          items={Object.values(measures).map(({ name, meaning, source }) => [name, `${meaning} (${source})`])}
        />
      }
    >
      <div className={styles.parts}>
        <div className={styles.words}>
          <Findings />
          <Moment />
        </div>
        {judged ? <Digits /> : <NoDigits />}
        <Scores />
      </div>
    </Panel>
  );
}

/** When the digits became recognisable, or what is waited for. */
function Moment() {
  const { recognisable, rows, real } = usePageState((state) => state.quality);
  const failed = usePageState((state) => state.quality.unavailable);
  const words = useErrorWords();
  if (failed !== null) {
    return (
      <p className={styles.moment}>
        {errorSentence(words, failed)} {words.advice[kindOf[failed.code]]}
      </p>
    );
  }
  if (recognisable !== null) {
    return (
      <p className={styles.moment} data-reached="true">
        Recognisable after {duration(recognisable.seconds)} of training, at step {count(recognisable.step)}.
      </p>
    );
  }
  return (
    <p className={styles.moment}>
      {rows.length === 0
        ? `Every few seconds of training, ${qualitySamples} fresh samples are measured.`
        : real?.digits === null
          ? `Measured on ${qualitySamples} fresh samples at step ${count(rows.at(-1)?.step ?? 0)}.`
          : `Not recognisable yet. Measured on ${qualitySamples} fresh samples at step ${count(rows.at(-1)?.step ?? 0)}.`}
    </p>
  );
}

function Digits() {
  const row = usePageState(latest);
  const { rows, real, recognisable } = usePageState((state) => state.quality);
  const Curve = useFrechetCurve();
  return (
    <>
      <figure className={styles.figure}>
        <figcaption>
          Share of each digit, generated <span className={styles.barSample} aria-hidden="true" /> and real{' '}
          <span className={styles.markSample} aria-hidden="true" />
        </figcaption>
        <ClassBars
          labels={datasets.mnist.classes}
          shares={row?.digits?.classShares ?? null}
          real={real?.digits?.classShares ?? null}
        />
      </figure>
      <figure className={styles.figure}>
        <figcaption>Fréchet distance by step, lower is better</figcaption>
        <div className={styles.curve}>
          {Curve !== null && (
            <Curve rows={rows} floor={real?.digits?.frechet ?? null} recognisable={recognisable?.step ?? null} />
          )}
        </div>
      </figure>
    </>
  );
}

function NoDigits() {
  const label = usePageState((state) => state.loaded?.info.label ?? datasets[state.dataset].label);
  return (
    <p className={styles.none}>
      The judge knows handwritten digits only, and {label} may be something else: classes, confidence and distances are
      not measured. What needs no classes is: how much the pictures differ, and which real image is nearest to a tile.
    </p>
  );
}

/** recharts comes with the curves, once the page has been drawn. */
function useFrechetCurve(): ComponentType<Parameters<typeof FrechetCurve>[0]> | null {
  const [loaded, setLoaded] = useState<{ FrechetCurve: typeof FrechetCurve } | null>(null);
  const { actions } = usePage();
  useEffect(() => {
    let gone = false;
    const callOff = afterFirstPaint(() => {
      import('./FrechetCurve.tsx').then(
        (module) => {
          if (!gone) setLoaded(module);
        },
        (error: unknown) => actions.report(error, 'page'),
      );
    });
    return () => {
      gone = true;
      callOff();
    };
  }, [actions]);
  return loaded?.FrechetCurve ?? null;
}

interface Score {
  readonly name: Exclude<MeasureName, 'classShares' | 'nearest'>;
  readonly widest: string;
  readonly value: (quality: Quality) => string | null;
}

const scores: readonly Score[] = [
  { name: 'covered', widest: '10 of 10', value: ({ digits }) => digits && `${digits.covered} of 10` },
  { name: 'confidence', widest: '88.8%', value: ({ digits }) => digits && `${(100 * digits.confidence).toFixed(1)}%` },
  { name: 'frechet', widest: '888.8', value: ({ digits }) => digits && score(digits.frechet) },
  { name: 'inceptionScore', widest: '8.88', value: ({ digits }) => digits && score(digits.inceptionScore) },
  { name: 'divergence', widest: '8.88 nats', value: ({ digits }) => digits && `${score(digits.divergence)} nats` },
  { name: 'diversity', widest: '8.88', value: ({ diversity }) => score(diversity) },
];

function Scores() {
  return (
    <dl className={styles.scores}>
      {scores.map((each) => (
        <ScoreRow key={each.name} {...each} />
      ))}
    </dl>
  );
}

function ScoreRow({ name, widest, value }: Score) {
  const text = usePageState((state) => {
    const row = latest(state);
    return row === null ? null : value(row);
  });
  const real = usePageState(({ quality }) => (quality.real === null ? null : value(quality.real)));
  const { name: label, meaning } = measures[name];
  return (
    <div className={styles.score}>
      <dt>{label}</dt>
      <dd data-known={text !== null}>
        <Figure explained means={meaning} widest={widest}>
          {text ?? '–'}
        </Figure>
        <span className={styles.real}>{real === null ? '' : `real: ${real}`}</span>
      </dd>
    </div>
  );
}
