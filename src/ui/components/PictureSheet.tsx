// A sheet of pictures on one canvas, redrawn when the pixels, the size, the screen or the theme change.
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { drawPictures, type Sheet } from './drawPictures.ts';
import styles from './PictureSheet.module.css';
import { currentTheme, onThemeChange } from './theme.ts';

interface PictureSheetProps extends Sheet {
  /** 0 (paper) to 255 (ink). */
  readonly pixels: Uint8Array;
  /** The canvas as an image with this name; without one it is decoration for what lies over it. */
  readonly label?: string;
}

export function PictureSheet({ pixels, label, columns, rows, tile, gap }: PictureSheetProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useSyncExternalStore(onThemeChange, currentTheme);
  const ratio = useDevicePixelRatio();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme and the screen change what the drawing reads
  useEffect(() => {
    if (canvas.current !== null) drawPictures(canvas.current, pixels, { columns, rows, tile, gap });
  }, [pixels, columns, rows, tile, gap, theme, ratio]);

  const width = columns * tile + (columns - 1) * gap;
  const height = rows * tile + (rows - 1) * gap;
  const name = label === undefined ? { 'aria-hidden': true as const } : { role: 'img', 'aria-label': label };
  return <canvas ref={canvas} className={styles.sheet} style={{ width, height }} {...name} />;
}

function onRatioChange(listener: () => void): () => void {
  let media: MediaQueryList;
  // The query asks for one ratio: another one ends it, and a new one is asked for.
  const watch = (): void => {
    media = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    media.addEventListener('change', change, { once: true });
  };
  const change = (): void => {
    watch();
    listener();
  };
  watch();
  return () => media.removeEventListener('change', change);
}

export const useDevicePixelRatio = (): number => useSyncExternalStore(onRatioChange, () => window.devicePixelRatio);
