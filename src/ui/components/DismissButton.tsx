// The cross that puts a message away.
import { useWords } from '../words/words.ts';
import styles from './Problems.module.css';

export function DismissButton({ onClick }: { readonly onClick: () => void }) {
  const { shell } = useWords();
  return (
    <button type="button" className={styles.dismiss} onClick={onClick}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        <path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      </svg>
      <span className="hidden-text">{shell.dismiss}</span>
    </button>
  );
}
