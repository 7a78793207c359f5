// Taking a run or its weights home, and bringing them back.
import { useRef, useState } from 'react';
import { saveFile } from '../../page/device/saveFile.ts';
import { isAllowed } from '../../protocol/states.ts';
import { Problems } from '../components/Problems.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import styles from './Weights.module.css';

export function Weights() {
  const { actions } = usePage();
  const session = usePageState((state) => state.session);
  const waiting = usePageState((state) => state.browser === null);
  const [busy, setBusy] = useState(false);
  const picker = useRef<HTMLInputElement>(null);

  const download = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    await work();
    setBusy(false);
  };
  const weights = async (): Promise<void> => {
    const packed = await actions.exportWeights();
    if (packed !== null) saveFile(packed.fileName, new Blob([packed.zip], { type: 'application/zip' }));
  };
  const pick = (): void => picker.current?.click();

  return (
    <div className={styles.weights}>
      <h2 className={styles.title}>Run and weights</h2>
      <div className={styles.buttons}>
        <button
          type="button"
          disabled={busy || !isAllowed('saveRun', session)}
          title="One file with everything: to go on with this run later or elsewhere, exactly where it is."
          onClick={() => void download(actions.downloadRun)}
        >
          Save run
        </button>
        <button
          type="button"
          disabled={waiting}
          title="A file that Save run made: goes on where it was. Or drop it anywhere on the page."
          onClick={pick}
        >
          Open run
        </button>
        <button
          type="button"
          disabled={busy || !isAllowed('exportWeights', session)}
          title="One zip with both networks, for tfjs, Keras, PyTorch and for Open weights."
          onClick={() => void download(weights)}
        >
          Download weights
        </button>
        <button
          type="button"
          disabled={waiting}
          title="A zip that Download weights made: goes on from it, in a run of its own. Or drop it anywhere on the page."
          onClick={pick}
        >
          Open weights
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
            if (file !== undefined) void actions.openFile(file);
          }}
        />
      </div>
      <Problems place="weights" />
    </div>
  );
}
