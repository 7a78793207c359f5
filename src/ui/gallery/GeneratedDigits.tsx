// The grid of the fixed noise: one canvas for the pixels, a button over each tile, and a lens on the tile under the
// pointer.
import { type CSSProperties, useRef, useState } from 'react';
import { fixed } from '../../config/run.ts';
import { gridSeen } from '../../page/explore/frameShown.ts';
import { shownOf, showsPretrained } from '../../page/explore/pretrained.ts';
import { exploreTile } from '../../page/state/exploration.ts';
import type { PageState } from '../../page/state/store.ts';
import { PictureSheet } from '../components/PictureSheet.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { exploredId } from '../explore/Explore.tsx';
import { TimeMachine } from '../timeMachine/TimeMachine.tsx';
import { useWords } from '../words/words.ts';
import styles from './GeneratedDigits.module.css';

const columns = 8;
const rows = fixed.gridTiles / columns;
const area = fixed.imageSize * fixed.imageSize;

const moves: Readonly<Record<string, (tile: number) => number>> = {
  ArrowRight: (tile) => tile + 1,
  ArrowLeft: (tile) => tile - 1,
  ArrowDown: (tile) => tile + columns,
  ArrowUp: (tile) => tile - columns,
  Home: (tile) => tile - (tile % columns),
  End: (tile) => tile - (tile % columns) + columns - 1,
};

export function GeneratedDigits({ tile, gap }: { readonly tile: number; readonly gap: number }) {
  const { actions } = usePage();
  const { gallery, format } = useWords();
  const grid = usePageState(gridSeen);
  const chosen = usePageState((state) => state.exploration?.source);
  const isPretrained = usePageState(showsPretrained);
  const [roving, setRoving] = useState(0);
  const [lens, setLens] = useState<number | null>(null);
  const tiles = useRef<HTMLDivElement>(null);
  const side = columns * tile + (columns - 1) * gap;

  if (grid === null) {
    return (
      <>
        <div className={styles.empty} style={{ width: side, height: side }}>
          <p>{gallery.empty}</p>
        </div>
        <p className={styles.caption} />
        <TimeMachine width={side} />
      </>
    );
  }

  const focus = (index: number): void => {
    const button = tiles.current?.children[index];
    if (button instanceof HTMLElement) button.focus();
  };

  return (
    <>
      <div
        className={styles.grid}
        style={{ width: side, height: side, '--tile': `${tile}px`, '--gap': `${gap}px` } as CSSProperties}
      >
        <PictureSheet pixels={grid.pictures.pixels} columns={columns} rows={rows} tile={tile} gap={gap} />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's */}
        <div
          ref={tiles}
          className={styles.tiles}
          role="group"
          aria-label={gallery.tiles}
          onPointerLeave={() => setLens(null)}
          onBlur={() => setLens(null)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setLens(null);
            const next = moves[event.key]?.(roving);
            if (next === undefined || next < 0 || next >= fixed.gridTiles) return;
            event.preventDefault();
            setRoving(next);
            focus(next);
          }}
        >
          {Array.from(grid.realness, (realness, index) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a tile is its place
              key={index}
              type="button"
              tabIndex={index === roving ? 0 : -1}
              aria-label={gallery.digit(index + 1, format.percent(realness))}
              onPointerEnter={(event) => event.pointerType === 'mouse' && setLens(index)}
              onFocus={(event) => {
                setRoving(index);
                // A tap focuses too, and a lens under the finger is in the way.
                if (event.currentTarget.matches(':focus-visible')) setLens(index);
              }}
              data-chosen={index === chosen}
              onClick={() => {
                actions.explore((state) => takeTile(state, index));
                document
                  .getElementById(exploredId)
                  ?.scrollIntoView({ block: 'nearest', behavior: still() ? 'auto' : 'smooth' });
              }}
            />
          ))}
        </div>
        {lens !== null && <Lens index={lens} tile={tile} gap={gap} side={side} />}
      </div>
      <p className={styles.caption} style={{ width: side }}>
        <span>
          {isPretrained
            ? gallery.pretrained
            : grid.step === 0
              ? gallery.untrained
              : gallery.afterStep(format.steps(grid.step, grid.half))}
        </span>{' '}
        <span>{gallery.explore}</span>
      </p>
      <TimeMachine width={side} />
    </>
  );
}

const still = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

function takeTile(state: PageState, index: number): Partial<PageState> {
  const shown = shownOf(state);
  if (shown === null) return {};
  const { exploration } = state;
  const { gridLatents, latent } = shown;
  const taken = exploreTile(gridLatents, latent, index, Math.min(exploration?.dimension ?? 0, latent - 1));
  // B stays what it was: a tile is a new A.
  return { exploration: exploration?.b.length === latent ? { ...taken, b: exploration.b } : taken };
}

interface LensProps {
  readonly index: number;
  readonly tile: number;
  readonly gap: number;
  readonly side: number;
}

const lensTile = 5 * fixed.imageSize;
const lensHeight = lensTile + 64;

/** The tile grown, over its place, inside the grid. */
function Lens({ index, tile, gap, side }: LensProps) {
  const { gallery, format } = useWords();
  const pixels = usePageState((state) => gridSeen(state)?.pictures.pixels ?? null);
  const realness = usePageState((state) => gridSeen(state)?.realness[index] ?? 0);
  if (pixels === null) return null;
  const centre = {
    x: (index % columns) * (tile + gap) + tile / 2,
    y: Math.floor(index / columns) * (tile + gap) + tile / 2,
  };
  const width = lensTile + 16;
  const left = Math.max(-8, Math.min(centre.x - width / 2, side - width + 8));
  // Below the tile in the upper half and above it in the lower: the tile itself stays in sight.
  const top = centre.y < side / 2 ? centre.y + tile / 2 + 4 : centre.y - tile / 2 - 4 - lensHeight;
  return (
    <div className={styles.lens} style={{ left, top, width, height: lensHeight }} aria-hidden="true">
      <PictureSheet
        pixels={pixels.subarray(index * area, (index + 1) * area)}
        columns={1}
        rows={1}
        tile={lensTile}
        gap={0}
      />
      <p>{gallery.digit(index + 1, format.percent(realness))}</p>
    </div>
  );
}
