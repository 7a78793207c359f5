// The note under the pretrained digits: where they come from, and how to go on.
import { datasets } from '../../config/datasets.ts';
import { stepsPerEpoch } from '../../config/run.ts';
import { showsPretrained } from '../../page/explore/pretrained.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import styles from './PretrainedNote.module.css';

export function PretrainedNote() {
  const { actions } = usePage();
  const { timeMachine } = useWords();
  const shows = usePageState(showsPretrained);
  const pretrained = usePageState((state) => state.pretrained);
  if (!shows || pretrained === null) return null;
  const { config, grid } = pretrained;
  const epochs = Math.round(grid.step / stepsPerEpoch(config, datasets.mnist.count));
  return (
    <p className={styles.note}>
      {timeMachine.pretrained(epochs, (text) => (
        <strong>{text}</strong>
      ))}{' '}
      <button type="button" onClick={() => void actions.continuePretrained()}>
        {timeMachine.continuePretrained}
      </button>
    </p>
  );
}
