// How good the digits are: findings in words, the classes, the Fréchet distance over the run, and all scores.
import { type ComponentType, useEffect, useState } from 'react';
import { datasets as datasetFacts } from '../../config/datasets.ts';
import { kindOf } from '../../config/errors.ts';
import type { MeasureName, Quality } from '../../config/quality.ts';
import type { PageState } from '../../page/state/store.ts';
import { afterFirstPaint } from '../components/afterFirstPaint.ts';
import { Figure } from '../components/Figure.tsx';
import { Panel } from '../components/Panel.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { Explanations } from '../status/Meanings.tsx';
import { errorSentence } from '../words/errorSentence.ts';
import { useWords, type Words } from '../words/words.ts';
import { ClassBars } from './ClassBars.tsx';
import { Findings } from './Findings.tsx';
import type { FrechetCurve } from './FrechetCurve.tsx';
import styles from './QualityPanel.module.css';

const latest = ({ quality }: PageState) => quality.rows.at(-1) ?? null;

export function QualityPanel() {
  const { quality, measures } = useWords();
  const real = usePageState((state) => state.quality.real);
  const judged = real === null || real.digits !== null;
  return (
    <Panel
      title={quality.title}
      area="quality"
      aside={
        <Explanations
          title={quality.measuresMean}
          items={Object.values(measures).map((measure) => [measure.name, quality.measure(measure)])}
        />
      }
    >
      <div className={styles.parts}>
        <div className={styles.words}>
          <Findings />
          <Recognisable />
        </div>
        {judged ? <Digits /> : <NoDigits />}
        <Scores />
      </div>
    </Panel>
  );
}

/** When the digits became recognisable, or how far that is. */
function Recognisable() {
  const { recognisable, rows, real } = usePageState((state) => state.quality);
  const failed = usePageState((state) => state.quality.unavailable);
  const words = useWords();
  const { quality } = words;
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
        {quality.recognisableAfter(recognisable.seconds, recognisable.step)}
      </p>
    );
  }
  return (
    <p className={styles.moment}>
      {rows.length === 0
        ? quality.everyFewSeconds
        : real?.digits === null
          ? quality.measuredAt(rows.at(-1)?.step ?? 0)
          : quality.notYet(rows.at(-1)?.step ?? 0)}
    </p>
  );
}

function Digits() {
  const { quality } = useWords();
  const row = usePageState(latest);
  const { rows, real, recognisable } = usePageState((state) => state.quality);
  const Curve = useFrechetCurve();
  return (
    <>
      <figure className={styles.figure}>
        <figcaption>
          {quality.shares} <span className={styles.barSample} aria-hidden="true" /> {quality.sharesReal}{' '}
          <span className={styles.markSample} aria-hidden="true" />
        </figcaption>
        <ClassBars
          labels={datasetFacts.mnist.classes}
          shares={row?.digits?.classShares ?? null}
          real={real?.digits?.classShares ?? null}
        />
      </figure>
      <figure className={styles.figure}>
        <figcaption>{quality.frechet}</figcaption>
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
  const { quality, datasets } = useWords();
  const dataset = usePageState((state) => state.loaded?.info.id ?? state.dataset);
  return <p className={styles.none}>{quality.noDigits(datasets[dataset])}</p>;
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
  readonly value: (quality: Quality, words: Words) => string | null;
}

const scores: readonly Score[] = [
  { name: 'covered', widest: '10 of 10', value: ({ digits }, words) => digits && words.quality.ofTen(digits.covered) },
  {
    name: 'confidence',
    widest: '88.8%',
    value: ({ digits }, { format }) => digits && format.percent(digits.confidence, 1),
  },
  { name: 'frechet', widest: '888.8', value: ({ digits }, { format }) => digits && format.score(digits.frechet) },
  {
    name: 'inceptionScore',
    widest: '8.88',
    value: ({ digits }, { format }) => digits && format.score(digits.inceptionScore),
  },
  {
    name: 'divergence',
    widest: '8.88 nats',
    value: ({ digits }, { format }) => digits && format.nats(format.score(digits.divergence)),
  },
  { name: 'diversity', widest: '8.88', value: ({ diversity }, { format }) => format.score(diversity) },
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
  const words = useWords();
  const text = usePageState((state) => {
    const row = latest(state);
    return row === null ? null : value(row, words);
  });
  const real = usePageState(({ quality }) => (quality.real === null ? null : value(quality.real, words)));
  const { name: label, meaning } = words.measures[name];
  return (
    <div className={styles.score}>
      <dt>{label}</dt>
      <dd data-known={text !== null}>
        <Figure explained means={meaning} widest={widest}>
          {text ?? '–'}
        </Figure>
        <span className={styles.real}>{real === null ? '' : words.quality.real(real)}</span>
      </dd>
    </div>
  );
}
