// How much of the disk this page takes, and what for; each part can be deleted.
import { useEffect, useState } from 'react';
import { maxRuns } from '../../config/checkpoint.ts';
import { datasetCache } from '../../config/datasets.ts';
import { unlessRefused, usedStorage } from '../../page/device/storageRoom.ts';
import { ago, bytes, steps } from '../../page/state/format.ts';
import { takeOverMeans } from '../autosave/AutosaveNotes.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { AskedDelete } from './AskedDelete.tsx';
import styles from './Runs.module.css';

export function SavedHere() {
  const { autosave, actions } = usePage();
  const list = usePageState((state) => state.autosave.list) ?? [];
  const current = usePageState((state) => state.description?.runId ?? null);
  const trains = usePageState((state) => state.session === 'training');
  const elsewhere = usePageState((state) => state.autosave.mine === false);
  const [use, setUse] = useState<{ all: number | null; datasets: number } | null>(null);
  // Anew with each save, and when something was deleted.
  const [looks, setLooks] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are why it is looked again
  useEffect(() => {
    let over = false;
    void measure().then((found) => {
      if (!over) setUse(found);
    });
    return () => {
      over = true;
    };
  }, [list, looks]);

  return (
    <div className={styles.kept}>
      <p>
        {use?.all != null && <>This page takes {bytes(use.all)} of this browser’s disk. </>}
        {list.length === 0
          ? 'No run can be continued yet.'
          : `These can be continued, with all that they have learnt. ${maxRuns} are kept: the newest, and those of less than a minute’s training only where there is room.`}
      </p>
      {elsewhere && (
        <p>
          Another tab has them, and its own run among them.{' '}
          <button type="button" title={takeOverMeans} onClick={autosave.takeOver}>
            Take over
          </button>
        </p>
      )}
      {list.length > 0 && (
        <ul>
          {list.map((head) => (
            <li key={head.run}>
              <span>
                Step {steps(head.step, head.half)} on {head.dataset}, saved {ago(head.savedAt)}, {bytes(head.bytes)}
                {head.run === current && (trains ? ': this run, saved again and again while it trains' : ': this run')}
              </span>
              {head.run !== current && !elsewhere && (
                <button type="button" onClick={() => void actions.resume(head.run)}>
                  Continue <span className="hidden-text">the run of step {steps(head.step, head.half)}</span>
                </button>
              )}
              {!(head.run === current && trains) && !elsewhere && (
                <AskedDelete
                  what={`what is kept of the run of step ${steps(head.step, head.half)}`}
                  onDelete={() => void autosave.delete(head.run)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {use !== null && use.datasets > 0 && (
        <p>
          {use.datasets} {use.datasets === 1 ? 'file' : 'files'} of datasets {use.datasets === 1 ? 'is' : 'are'} kept,
          to be had without a network.{' '}
          <button
            type="button"
            title="They are fetched again when they are needed."
            onClick={() => void caches.delete(datasetCache).then(() => setLooks(looks + 1))}
          >
            Delete them
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
