// How much of the disk this page takes, and what for; the visitor can delete each part.
import { useEffect, useState } from 'react';
import type { CheckpointHead } from '../../config/checkpoint.ts';
import { datasetCache } from '../../config/datasets.ts';
import { unlessRefused, usedStorage } from '../../page/device/storageRoom.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { datasetNamed } from '../words/datasetNamed.ts';
import { useWords } from '../words/words.ts';
import { AskedDelete } from './AskedDelete.tsx';
import styles from './Runs.module.css';

export function SavedHere() {
  const { autosave, actions } = usePage();
  const words = useWords();
  const { saved, runs, autosave: notes, format } = words;
  const saves = usePageState((state) => state.autosave.list);
  const list = saves ?? [];
  const current = usePageState((state) => state.description?.runId ?? null);
  const trains = usePageState((state) => state.session === 'training');
  const elsewhere = usePageState((state) => state.autosave.mine === false);
  const [use, setUse] = useState<{ all: number | null; datasets: number } | null>(null);
  // Measures again after each save, and after the datasets were deleted.
  const [looks, setLooks] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when these change
  useEffect(() => {
    let over = false;
    void measure().then((found) => {
      if (!over) setUse(found);
    });
    return () => {
      over = true;
    };
  }, [saves, looks]);

  const stepOf = ({ step, half }: Pick<CheckpointHead, 'step' | 'half'>): string => format.steps(step, half);
  return (
    <div className={styles.kept}>
      <p>
        {use?.all != null && `${saved.diskUse(format.bytes(use.all))} `}
        {list.length === 0 ? saved.none : saved.these}
      </p>
      {elsewhere && (
        <p>
          {saved.elsewhere}{' '}
          <button type="button" title={notes.takeOverMeans} onClick={autosave.takeOver}>
            {notes.takeOver}
          </button>
        </p>
      )}
      {list.length > 0 && (
        <ul>
          {list.map((head) => (
            <li key={head.runId}>
              <span>
                {saved.save(
                  stepOf(head),
                  datasetNamed(head.dataset, words),
                  format.ago(head.savedAt),
                  format.bytes(head.bytes),
                )}
                {head.origin && `, ${runs.branchedOff(stepOf(head.origin), format.moment(head.origin.started))}`}
                {head.runId === current && (trains ? saved.thisRunTraining : saved.thisRun)}
              </span>
              {head.runId !== current && !elsewhere && (
                <button type="button" onClick={() => void actions.resume(head.runId)}>
                  {saved.continue} <span className="hidden-text">{saved.runOfStep(stepOf(head))}</span>
                </button>
              )}
              {!(head.runId === current && trains) && !elsewhere && (
                <AskedDelete what={saved.keptOfStep(stepOf(head))} onDelete={() => void autosave.delete(head.runId)} />
              )}
            </li>
          ))}
        </ul>
      )}
      {use !== null && use.datasets > 0 && (
        <p>
          {saved.datasetFiles(use.datasets)}{' '}
          <button
            type="button"
            title={saved.deleteDatasetsMeans}
            onClick={() => void caches.delete(datasetCache).then(() => setLooks(looks + 1))}
          >
            {saved.deleteDatasets}
          </button>
        </p>
      )}
    </div>
  );
}

/** What the browser says that it keeps; null and none where it does not say. */
async function measure(): Promise<{ all: number | null; datasets: number }> {
  const [all, datasets] = await Promise.all([usedStorage(), unlessRefused(keptDatasets, 0)]);
  return { all, datasets };
}

async function keptDatasets(): Promise<number> {
  if (!('caches' in globalThis)) return 0;
  // Opening what is not there would make it.
  if (!(await caches.keys()).includes(datasetCache)) return 0;
  return (await (await caches.open(datasetCache)).keys()).length;
}
