// The visitor's own images: choose or drop them, see what was read, and only then use them. Until then the run goes on.
import { useEffect, useRef, useState } from 'react';
import { stepsPerEpoch } from '../../config/run.ts';
import { isSaved } from '../../page/autosave/autosave.ts';
import type { ImagesPreview } from '../../page/state/actions.ts';
import { count } from '../../page/state/format.ts';
import { PictureSheet } from '../components/PictureSheet.tsx';
import { Problems } from '../components/Problems.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
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
      <h2 id="own-images">Your own images</h2>
      <p className={styles.text}>
        IDX files (gz or not), one .npy or .npz of shape [n, 28, 28], or PNG and JPEG pictures: at least 64. Pictures
        are made grey, fitted to 28×28, and inverted where the background is light. They never leave this page.
      </p>
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
              label="The first of your images"
            />
            <p>
              {count(preview.info.count)} images from {preview.info.origin};{' '}
              {preview.inverted === 0 ? 'none inverted' : `${count(preview.inverted)} inverted`}. Ink should stand out
              from an empty background, as above.
            </p>
          </>
        ) : (
          <p>{reading ? 'Reading…' : 'The first pictures appear here.'}</p>
        )}
      </div>
      {preview !== null && steps < fewSteps && (
        <p className={styles.text}>
          With the settings as they are, they make {count(steps)} steps of {count(config.batch)} images: too few to
          learn much. Raise Epochs, or press Train again after the last.
        </p>
      )}
      {touched && preview !== null && (
        <p className={styles.text}>
          Using them ends the run in progress.{' '}
          {kept ? 'It can be continued from the list of runs.' : 'Save it first to keep it.'}
        </p>
      )}
      <div className={styles.buttons}>
        <button type="button" onClick={() => picker.current?.click()}>
          Choose files
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
          Cancel
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
          Use these images
        </button>
      </div>
    </dialog>
  );
}
