// What has to be seen wherever one looks: at the window's lower edge, over what lies there, so that its coming moves
// nothing.

import { AutosaveNotes } from '../autosave/AutosaveNotes.tsx';
import { toastsId } from '../components/Problems.tsx';
import { StandIn } from '../controls/StandIn.tsx';
import { NewVersion } from './NewVersion.tsx';
import styles from './Toasts.module.css';

export function Toasts() {
  return (
    <div className={styles.toasts}>
      <AutosaveNotes />
      <StandIn />
      <NewVersion />
      <div id={toastsId} className={styles.problems} />
    </div>
  );
}
