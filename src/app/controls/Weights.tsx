// Taking the weights home, and bringing them back.
import { useRef, useState } from 'react';
import { isAllowed } from '../../protocol/states.ts';
import { Problems } from '../shell/Problems.tsx';
import { saveFile } from '../shell/saveFile.ts';
import { usePage, usePageState } from '../store.ts';
import styles from './Weights.module.css';

export function Weights() {
  const { actions } = usePage();
  const session = usePageState((state) => state.session);
  const waiting = usePageState((state) => state.browser === null);
  const [busy, setBusy] = useState(false);
  const picker = useRef<HTMLInputElement>(null);

  const download = async (): Promise<void> => {
    setBusy(true);
    const packed = await actions.exportWeights();
    setBusy(false);
    if (packed !== null) saveFile(packed.fileName, new Blob([packed.zip], { type: 'application/zip' }));
  };

  return (
    <div className={styles.weights}>
      <h2 className={styles.title}>Weights</h2>
      <div className={styles.buttons}>
        <button
          type="button"
          disabled={busy || !isAllowed('exportWeights', session)}
          title="One zip with both networks, for tfjs, Keras, PyTorch and for Open weights."
          onClick={() => void download()}
        >
          Download weights
        </button>
        <button
          type="button"
          disabled={waiting}
          title="A zip that Download weights made: goes on from it, in a run of its own. Or drop it anywhere on the page."
          onClick={() => picker.current?.click()}
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
            if (file !== undefined) void actions.openWeights(file);
          }}
        />
      </div>
      <Problems place="weights" />
    </div>
  );
}
