// The visitor's own images: choose or drop them, see what was read, and only then use them. Until then the run goes on.
import { useEffect, useRef, useState } from 'react';
import { stepsPerEpoch } from '../../config/run.ts';
import { isSaved } from '../../page/autosave/autosave.ts';
import type { ImagesPreview } from '../../page/state/actions.ts';
import { PictureSheet } from '../components/PictureSheet.tsx';
import { Problems } from '../components/Problems.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import styles from './OwnImages.module.css';

interface OwnImagesProps {
  /** What was dropped on the page; empty when the visitor is still to choose. */
  readonly files: readonly File[];
  readonly onClose: () => void;
}

const columns = 8;
/** Digits that a person reads take hundreds; see docs/measurements.md. */
const fewSteps = 500;

export function OwnImages({ files, onClose }: OwnImagesProps) {
  const { actions } = usePage();
  const { ownImages, origin } = useWords();
  const touched = usePageState((state) => state.touched);
  const kept = usePageState(isSaved);
  const config = usePageState((state) => state.config);
  const dialog = useRef<HTMLDialogElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [preview, setPreview] = useState<ImagesPreview | null>(null);
  const [reading, setReading] = useState(false);

  useEffect(() => {
    dialog.current?.showModal();
    return actions.closeImages;
  }, [actions]);

  const read = async (chosen: readonly File[]): Promise<void> => {
    if (chosen.length === 0) return;
    setReading(true);
    setPreview(null);
    setPreview(await actions.previewImages(chosen));
    setReading(false);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each drop
  useEffect(() => void read(files), [files]);

  const steps = config.epochs * stepsPerEpoch(config, preview?.info.count ?? 0);
  const shown = Math.min(preview?.preview.count ?? 0, 32);

  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="own-images" onClose={onClose}>
      <h2 id="own-images">{ownImages.title}</h2>
      <p className={styles.text}>{ownImages.kinds}</p>
      <Problems place="images" />
      <div className={styles.preview}>
        {preview !== null ? (
          <>
            <PictureSheet
              pixels={preview.preview.pixels}
              columns={columns}
              rows={Math.max(1, Math.ceil(shown / columns))}
              tile={42}
              gap={2}
              label={ownImages.first}
            />
            <p>{ownImages.found(preview.info.count, origin(preview.info.origin), preview.inverted)}</p>
          </>
        ) : (
          <p>{reading ? ownImages.reading : ownImages.none}</p>
        )}
      </div>
      {preview !== null && steps < fewSteps && <p className={styles.text}>{ownImages.fewSteps(steps, config.batch)}</p>}
      {touched && preview !== null && (
        <p className={styles.text}>
          {ownImages.endsRun} {kept ? ownImages.runIsKept : ownImages.runIsLost}
        </p>
      )}
      <div className={styles.buttons}>
        <button type="button" onClick={() => picker.current?.click()}>
          {ownImages.choose}
        </button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          accept=".gz,.idx,.idx3-ubyte,.npy,.npz,image/png,image/jpeg,*/*"
          onChange={(event) => {
            void read([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        <span className={styles.space} />
        <button type="button" onClick={() => dialog.current?.close()}>
          {ownImages.cancel}
        </button>
        <button
          type="button"
          className={styles.use}
          disabled={preview === null}
          onClick={() => {
            actions.takeImages();
            dialog.current?.close();
          }}
        >
          {ownImages.use}
        </button>
      </div>
    </dialog>
  );
}
