// What is seen before anything is trained: whose digits these are, and the two ways on.
import { datasets } from '../../config/datasets.ts';
import { stepsPerEpoch } from '../../config/run.ts';
import { showsPretrained } from '../../page/explore/pretrained.ts';
import { count } from '../../page/state/format.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import styles from './PretrainedNote.module.css';

export function PretrainedNote() {
  const { actions } = usePage();
  const shows = usePageState(showsPretrained);
  const pretrained = usePageState((state) => state.pretrained);
  if (!shows || pretrained === null) return null;
  const { config, grid } = pretrained;
  const epochs = Math.round(grid.step / stepsPerEpoch(config, datasets.mnist.count));
  return (
    <p className={styles.note}>
      These digits come from a generator that we trained for {count(epochs)} epochs on MNIST, so that there is something
      to play with. <strong>Train</strong> starts one of your own, from noise.{' '}
      <button type="button" onClick={() => void actions.continuePretrained()}>
        Continue from these weights
      </button>
    </p>
  );
}
