// One digit in close-up: turn one of its numbers, or walk from digit A to digit B, and see at once what the generator makes of it.
import { useId, useMemo } from 'react';
import { type Exploration, latentOf, latentRange, randomLatent } from '../../page/state/exploration.ts';
import { percent } from '../../page/state/format.ts';
import { Figure } from '../components/Figure.tsx';
import { Panel } from '../components/Panel.tsx';
import { PictureSheet } from '../components/PictureSheet.tsx';
import { Problems } from '../components/Problems.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { DimensionField } from './DimensionField.tsx';
import styles from './Explore.module.css';
import { LatentStrip } from './LatentStrip.tsx';
import { NearestReal } from './NearestReal.tsx';
import { type Picture, usePicture } from './usePicture.ts';

export function Explore() {
  const exploration = usePageState((state) => state.exploration);
  return (
    <Panel title="Explore a digit" area="explore">
      {exploration === null ? (
        <p className={styles.empty}>
          As soon as the networks are built, choose a tile of the grid and turn the numbers that it is made from.
        </p>
      ) : (
        <Bench exploration={exploration} />
      )}
      <Problems place="explore" />
    </Panel>
  );
}

/** Where a chosen tile is seen large. */
export const exploredId = 'explored';

function Bench({ exploration }: { readonly exploration: Exploration }) {
  const { actions } = usePage();
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
          label="Explored digit"
        />
        <p className={styles.verdict}>
          {picture === null ? (
            'Drawn as soon as it can be.'
          ) : (
            <>
              <Figure means="What the discriminator of this moment thinks: the probability, by it, that the picture is a real one.">
                {`${percent(picture.realness)} real,`}
              </Figure>
              <br />
              says the discriminator
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
            Random digit
          </button>
          <button
            type="button"
            title="What is shown now becomes A, the start of the morph."
            onClick={() => change({ a: latent, morph: 0, edits: new Map(), source: 'made' })}
          >
            Set as A
          </button>
          <button
            type="button"
            title="What is shown now becomes B, the end of the morph."
            onClick={() => change({ b: latent, morph: 1, edits: new Map() })}
          >
            Set as B
          </button>
          <p className={styles.source}>
            A is {typeof source === 'number' ? `digit ${source + 1} of the grid` : sources[source]}.{' '}
            {turned > 0 && `Of the ${a.length} numbers shown, ${turned} ${turned === 1 ? 'is' : 'are'} turned by hand.`}
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
          <label htmlFor={`${id}-value`}>Latent value</label>
          <input
            id={`${id}-value`}
            type="range"
            className={styles.generator}
            {...latentRange}
            value={value}
            aria-valuetext={value.toFixed(2)}
            title="Each number is drawn from the standard normal distribution: 0 on average, seldom beyond ±2."
            onChange={(event) => change({ edits: new Map(edits).set(dimension, event.target.valueAsNumber) })}
          />
          <span className={styles.number}>{value.toFixed(2).replace('-', '−')}</span>
          <button
            type="button"
            className={styles.undo}
            disabled={turned === 0}
            onClick={() => change({ edits: new Map() })}
          >
            Undo turns
          </button>
        </div>

        <div className={styles.morph}>
          <Thumb latent={a} name="A" />
          <div className={styles.way}>
            <label htmlFor={`${id}-morph`}>Morph</label>
            <input
              id={`${id}-morph`}
              type="range"
              className={styles.generator}
              min={0}
              max={1}
              step={0.01}
              value={morph}
              aria-valuetext={`${percent(morph)} of the way from A to B`}
              title="Along the sphere from A to B: latents of about the same length all the way."
              onChange={(event) => change({ morph: event.target.valueAsNumber })}
            />
          </div>
          <Thumb latent={b} name="B" />
        </div>

        <NearestReal picture={picture} latent={latent} />
      </div>
    </div>
  );
}

const sources = { random: 'a random digit', made: 'a digit of yours' } as const;

const blank = new Uint8Array(28 * 28);

/** An end of the morph, drawn with the weights of now and then. */
function Thumb({ latent, name }: { readonly latent: Float32Array<ArrayBuffer>; readonly name: string }) {
  const picture: Picture | null = usePicture(latent, 3_000);
  return (
    <div className={styles.thumb}>
      <PictureSheet pixels={picture?.pixels ?? blank} columns={1} rows={1} tile={56} gap={0} />
      <span>{name}</span>
    </div>
  );
}
