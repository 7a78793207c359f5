// Notes that must be in sight wherever the page is scrolled: over the window's lower edge, so that they move nothing.

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
