// Files dropped anywhere on the page: a zip is weights to go on from, anything else is images to train on.
import { useEffect, useState } from 'react';
import { useWords } from '../words/words.ts';
import styles from './DropTarget.module.css';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

interface DropTargetProps {
  readonly onImages: (files: readonly File[]) => void;
  readonly onZip: (file: File) => void;
}

export function DropTarget({ onImages, onZip }: DropTargetProps) {
  const { shell } = useWords();
  const [over, setOver] = useState(false);

  useEffect(() => {
    let depth = 0;
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const leave = (): void => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      depth = 0;
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      const [first] = files;
      if (files.length === 1 && first !== undefined && /\.zip$/i.test(first.name)) onZip(first);
      else onImages(files);
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: hover, drop } as const;
    for (const [type, listener] of Object.entries(listeners)) window.addEventListener(type as 'drop', listener);
    return () => {
      for (const [type, listener] of Object.entries(listeners)) window.removeEventListener(type as 'drop', listener);
    };
  }, [onImages, onZip]);

  return (
    <div className={styles.target} hidden={!over} aria-hidden="true">
      <p>{shell.drop}</p>
    </div>
  );
}
