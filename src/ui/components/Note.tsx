// A note over the page's lower edge: sentences, what can be done, and a cross where it may be put away.
import type { ReactNode } from 'react';
import { DismissButton } from './DismissButton.tsx';
import styles from './Note.module.css';
import { givesFocusOn } from './takeFocus.ts';

/** Where a note comes and goes. The region stays: what is put into it later is announced. */
export function NotePlace({ role, children }: { readonly role: 'status' | 'alert'; readonly children: ReactNode }) {
  return (
    <div role={role} className={styles.place}>
      {children}
    </div>
  );
}

interface NoteProps {
  readonly tone?: 'news' | 'warning';
  readonly onDismiss?: () => void;
  readonly children: ReactNode;
}

export function Note({ tone, onDismiss, children }: NoteProps) {
  return (
    <div ref={givesFocusOn} className={styles.note} data-tone={tone}>
      {children}
      {onDismiss && <DismissButton onClick={onDismiss} />}
    </div>
  );
}
