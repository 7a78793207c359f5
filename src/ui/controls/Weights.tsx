// Saving a run or its weights to a file, and opening them again.
import { useRef, useState } from 'react';
import { saveFile } from '../../page/device/saveFile.ts';
import { isAllowed } from '../../protocol/states.ts';
import { Problems } from '../components/Problems.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import styles from './Weights.module.css';

export function Weights() {
  const { actions } = usePage();
  const { files } = useWords();
  const session = usePageState((state) => state.session);
  const waiting = usePageState((state) => state.browser === null);
  const [busy, setBusy] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  /** What the button that was pressed opens. */
  const only = useRef<'run' | undefined>(undefined);

  const download = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    try {
      await work();
    } finally {
      setBusy(false);
    }
  };
  const weights = async (): Promise<void> => {
    const packed = await actions.exportWeights();
    if (packed !== null) saveFile(packed.fileName, new Blob([packed.zip], { type: 'application/zip' }));
  };
  const pick = (wanted?: 'run'): void => {
    only.current = wanted;
    picker.current?.click();
  };

  return (
    <div className={styles.weights}>
      <h2 className={styles.title}>{files.title}</h2>
      <div className={styles.buttons}>
        <button
          type="button"
          disabled={busy || !isAllowed('saveRun', session)}
          title={files.saveRunMeans}
          onClick={() => void download(actions.downloadRun)}
        >
          {files.saveRun}
        </button>
        <button type="button" disabled={waiting} title={files.openRunMeans} onClick={() => pick('run')}>
          {files.openRun}
        </button>
        <button
          type="button"
          disabled={busy || !isAllowed('exportWeights', session)}
          title={files.downloadWeightsMeans}
          onClick={() => void download(weights)}
        >
          {files.downloadWeights}
        </button>
        <button type="button" disabled={waiting} title={files.openWeightsMeans} onClick={() => pick()}>
          {files.openWeights}
        </button>
        <input
          ref={picker}
          type="file"
          accept=".zip,application/zip"
          hidden
          onChange={(event) => {
            const file = event.target.files?.[0];
            // The same file again is a change too.
            event.target.value = '';
            if (file !== undefined) void actions.openFile(file, only.current);
          }}
        />
      </div>
      <Problems place="weights" />
    </div>
  );
}
