// The dataset that was asked for could not be fetched and another one stands in: said where it moves nothing, with a way to try again.
import { datasets } from '../../config/datasets.ts';
import { DismissButton } from '../shell/DismissButton.tsx';
import { usePage, usePageState } from '../store.ts';
import styles from './StandIn.module.css';

export function StandIn() {
  const { actions } = usePage();
  const unavailable = usePageState((state) => state.unavailable);
  return (
    <div role="alert" className={styles.place}>
      {unavailable !== null && (
        <div className={styles.banner}>
          <p>
            <strong>{unavailable.error.message}</strong> Training on {datasets[unavailable.using].label.toLowerCase()}{' '}
            instead. Retry fetches it and starts over.
          </p>
          <button
            type="button"
            title={`Starts over with ${datasets[unavailable.wanted].label}.`}
            onClick={() => void actions.retryDataset()}
          >
            Retry
          </button>
          <DismissButton onClick={actions.dismissStandIn} />
        </div>
      )}
    </div>
  );
}
