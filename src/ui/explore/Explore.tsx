// One digit in close-up: turn one of its numbers, or morph from digit A to digit B, and see at once what the generator
// draws.
import { useId, useMemo } from 'react';
import { type Exploration, latentOf, latentRange, randomLatent } from '../../page/state/exploration.ts';
import { Figure } from '../components/Figure.tsx';
import { Panel } from '../components/Panel.tsx';
import { PictureSheet } from '../components/PictureSheet.tsx';
import { Problems } from '../components/Problems.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import { DimensionField } from './DimensionField.tsx';
import styles from './Explore.module.css';
import { LatentStrip } from './LatentStrip.tsx';
import { NearestReal } from './NearestReal.tsx';
import { type Picture, usePicture } from './usePicture.ts';

export function Explore() {
  const { explore } = useWords();
  const exploration = usePageState((state) => state.exploration);
  return (
    <Panel title={explore.title} area="explore">
      {exploration === null ? <p className={styles.empty}>{explore.empty}</p> : <Bench exploration={exploration} />}
      <Problems place="explore" />
    </Panel>
  );
}

/** Where a chosen tile is seen large. */
export const exploredId = 'explored';

function Bench({ exploration }: { readonly exploration: Exploration }) {
  const { actions } = usePage();
  const { explore, format } = useWords();
  const latent = useMemo(() => latentOf(exploration), [exploration]);
  const picture = usePicture(latent);
  const id = useId();
  const { a, b, morph, edits, dimension, source } = exploration;
  const value = latent[dimension] ?? 0;
  const turned = edits.size;

  const change = (part: Partial<Exploration>): void =>
    actions.explore(() => ({ exploration: { ...exploration, ...part } }));

  return (
    <div className={styles.bench}>
      <div className={styles.digit} id={exploredId}>
        <PictureSheet
          pixels={picture?.pixels ?? blank}
          columns={1}
          rows={1}
          tile={196}
          gap={0}
          label={explore.explored}
        />
        <p className={styles.verdict}>
          {picture === null ? (
            explore.notYet
          ) : (
            <>
              <Figure means={explore.realMeans}>{explore.real(format.percent(picture.realness))}</Figure>
              <br />
              {explore.saysDiscriminator}
            </>
          )}
        </p>
      </div>
      <div className={styles.controls}>
        <div className={styles.row}>
          <button
            type="button"
            onClick={() => change({ a: randomLatent(a.length), morph: 0, edits: new Map(), source: 'random' })}
          >
            {explore.random}
          </button>
          <button
            type="button"
            title={explore.setAMeans}
            onClick={() => change({ a: latent, morph: 0, edits: new Map(), source: 'made' })}
          >
            {explore.setA}
          </button>
          <button
            type="button"
            title={explore.setBMeans}
            onClick={() => change({ b: latent, morph: 1, edits: new Map() })}
          >
            {explore.setB}
          </button>
          <p className={styles.source}>
            {typeof source === 'number' ? explore.sources.tile(source + 1) : explore.sources[source]}{' '}
            {turned > 0 && explore.turned(a.length, turned)}
          </p>
        </div>

        <LatentStrip
          latent={latent}
          dimension={dimension}
          edits={edits}
          onChoose={(chosen) => change({ dimension: chosen })}
        />
        <div className={styles.value}>
          <DimensionField dimension={dimension} size={a.length} onChoose={(chosen) => change({ dimension: chosen })} />
          <label htmlFor={`${id}-value`}>{explore.value}</label>
          <input
            id={`${id}-value`}
            type="range"
            className={styles.generator}
            {...latentRange}
            value={value}
            aria-valuetext={format.fixed(value, 2)}
            title={explore.valueMeans}
            onChange={(event) => change({ edits: new Map(edits).set(dimension, event.target.valueAsNumber) })}
          />
          <span className={styles.number}>{format.fixed(value, 2).replace('-', '−')}</span>
          <button
            type="button"
            className={styles.undo}
            disabled={turned === 0}
            onClick={() => change({ edits: new Map() })}
          >
            {explore.undo}
          </button>
        </div>

        <div className={styles.morph}>
          <Thumb latent={a} name={explore.a} />
          <div className={styles.way}>
            <label htmlFor={`${id}-morph`}>{explore.morph}</label>
            <input
              id={`${id}-morph`}
              type="range"
              className={styles.generator}
              min={0}
              max={1}
              step={0.01}
              value={morph}
              aria-valuetext={explore.morphAt(format.percent(morph))}
              title={explore.morphMeans}
              onChange={(event) => change({ morph: event.target.valueAsNumber })}
            />
          </div>
          <Thumb latent={b} name={explore.b} />
        </div>

        <NearestReal picture={picture} latent={latent} />
      </div>
    </div>
  );
}

const blank = new Uint8Array(28 * 28);

/** An end of the morph; new weights redraw it now and then. */
function Thumb({ latent, name }: { readonly latent: Float32Array<ArrayBuffer>; readonly name: string }) {
  const picture: Picture | null = usePicture(latent, 3_000);
  return (
    <div className={styles.thumb}>
      <PictureSheet pixels={picture?.pixels ?? blank} columns={1} rows={1} tile={56} gap={0} />
      <span>{name}</span>
    </div>
  );
}
