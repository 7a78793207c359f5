// The hero of the page: the generator's digits and, beside them, the real ones.
import { useLayoutEffect, useRef, useState } from 'react';
import { datasets as datasetFacts } from '../../config/datasets.ts';
import { Panel } from '../components/Panel.tsx';
import { PictureSheet, useDevicePixelRatio } from '../components/PictureSheet.tsx';
import { usePageState } from '../components/pageContext.ts';
import { useWindowHeight } from '../components/useHeight.ts';
import { useWords } from '../words/words.ts';
import styles from './Gallery.module.css';
import { GeneratedDigits } from './GeneratedDigits.tsx';
import { between, galleryLayout } from './galleryLayout.ts';

export function Gallery() {
  const { gallery } = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const ratio = useDevicePixelRatio();
  const windowHeight = useWindowHeight();

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const layout = galleryLayout(width, ratio, windowHeight);
  const { tile, realTile, realColumns, realRows, gap, beside } = layout;
  return (
    <div className={styles.cell}>
      <div ref={frame} className={styles.frame} data-beside={beside} style={{ columnGap: between }}>
        {width > 0 && (
          <>
            <Panel title={gallery.generated}>
              <GeneratedDigits tile={tile} gap={gap} />
            </Panel>
            <Panel title={gallery.real}>
              <RealDigits tile={realTile} gap={gap} columns={realColumns} rows={realRows} />
            </Panel>
          </>
        )}
      </div>
    </div>
  );
}

interface RealDigitsProps {
  readonly tile: number;
  readonly gap: number;
  readonly columns: number;
  readonly rows: number;
}

function RealDigits(sheet: RealDigitsProps) {
  const { gallery, datasets } = useWords();
  const loaded = usePageState((state) => state.loaded);
  const dataset = usePageState((state) => state.dataset);
  const width = sheet.columns * sheet.tile + (sheet.columns - 1) * sheet.gap;
  const height = sheet.rows * sheet.tile + (sheet.rows - 1) * sheet.gap;
  if (loaded !== null) {
    return (
      <PictureSheet {...sheet} pixels={loaded.samples.pixels} label={gallery.imagesFrom(datasets[loaded.info.id])} />
    );
  }
  const { megabytes } = datasetFacts[dataset];
  return (
    <div className={styles.empty} style={{ width, height }}>
      <p>
        {megabytes === null ? gallery.realAppear(datasets[dataset]) : gallery.realFetched(datasets[dataset], megabytes)}
      </p>
    </div>
  );
}
