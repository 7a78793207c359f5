// The name, what this is in one line, and the switch between light and dark.
import { useSyncExternalStore } from 'react';
import { currentTheme, onThemeChange, toggleTheme } from '../components/theme.ts';
import { useWords } from '../words/words.ts';
import styles from './Header.module.css';

export function Header() {
  const { shell } = useWords();
  const theme = useSyncExternalStore(onThemeChange, currentTheme);
  const switchTheme = shell.switchTheme[theme === 'dark' ? 'light' : 'dark'];
  return (
    <header className={styles.header}>
      <Mark />
      <h1 className={styles.name}>{shell.name}</h1>
      <p className={styles.line}>{shell.line}</p>
      <button type="button" className={styles.theme} onClick={toggleTheme} title={switchTheme}>
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
          <circle cx="10" cy="10" r="7.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="M10 2.8a7.2 7.2 0 0 1 0 14.4z" fill="currentColor" />
        </svg>
        <span className="hidden-text">{switchTheme}</span>
      </button>
    </header>
  );
}

/** An eight of two rings: the generator's solid, the discriminator's dashed. */
function Mark() {
  return (
    <svg className={styles.mark} viewBox="6 3 20 27" aria-hidden="true" fill="none" strokeLinecap="round">
      <circle cx="16" cy="10.5" r="5" stroke="var(--generator)" strokeWidth="3.4" />
      <circle cx="16" cy="21.2" r="5.7" stroke="var(--discriminator)" strokeWidth="3.4" strokeDasharray="4.1 4.85" />
    </svg>
  );
}
