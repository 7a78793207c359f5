// What has to be seen wherever one looks: at the window's lower edge, over what lies there, so that its coming moves nothing.
import { StandIn } from '../controls/StandIn.tsx';
import { KeepingNotes } from '../keeping/KeepingNotes.tsx';
import { NewVersion } from '../offline/NewVersion.tsx';
import styles from './Toasts.module.css';

/** Where a problem goes whose own place is out of sight. */
export const toastsId = 'toasts';

export function Toasts() {
  return (
    <div className={styles.toasts}>
      <KeepingNotes />
      <StandIn />
      <NewVersion />
      <div id={toastsId} className={styles.problems} />
    </div>
  );
}
