// What Reset, Open or another preset leaves behind: the run that has ended can be taken back, and changed learning
// rates stay.
import { presets } from '../../config/presets.ts';
import type { RunConfig } from '../../config/run.ts';
import { keptRates } from '../../page/state/rates.ts';
import { undoable } from '../../page/state/undo.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { givesFocusOn } from '../components/takeFocus.ts';
import { useWords } from '../words/words.ts';
import styles from './AfterReset.module.css';

export function AfterReset() {
  return (
    <div className={styles.notes}>
      <UndoNote />
      <RatesNote />
    </div>
  );
}

function UndoNote() {
  const { actions } = usePage();
  const { trainBar, format } = useWords();
  const ended = usePageState(undoable);
  if (ended === null) return null;
  return (
    <p className={styles.note} ref={givesFocusOn}>
      {trainBar.undoneRun(format.steps(ended.step, ended.half))}{' '}
      <button type="button" title={trainBar.undoMeans} onClick={() => void actions.undo()}>
        {trainBar.undo}
      </button>
    </p>
  );
}

function RatesNote() {
  const { actions } = usePage();
  const { trainBar, format } = useWords();
  const stay = usePageState(keptRates);
  const config = usePageState((state) => state.config);
  const preset = usePageState((state) => presets[state.preset].config);
  if (!stay) return null;
  const ratesOf = ({ discriminatorLearningRate, generatorLearningRate }: RunConfig) =>
    [format.setting(discriminatorLearningRate), format.setting(generatorLearningRate)] as const;
  return (
    <p className={styles.note} ref={givesFocusOn}>
      {trainBar.ratesStay(...ratesOf(config))}{' '}
      <button
        type="button"
        title={trainBar.presetRatesMean(...ratesOf(preset))}
        onClick={() => actions.takePresetRates()}
      >
        {trainBar.presetRates}
      </button>
    </p>
  );
}
