// For those who look elsewhere while it trains: keep the screen on, and tell when training ends. Each only where the browser can.
import { useContext, useId } from 'react';
import { useStore } from 'zustand';
import { AwayContext } from '../away/AwayContext.ts';
import type { Away } from '../away/away.ts';
import { QuestionMark } from '../shell/Popover.tsx';
import styles from './SettingField.module.css';

export function AwayFields() {
  const away = useContext(AwayContext);
  return away !== null && <Fields away={away} />;
}

function Fields({ away }: { readonly away: Away }) {
  const { screen, notice, screenProblem, noticeProblem } = useStore(away.store);
  return (
    <>
      {screen !== null && (
        <Switch
          label="Keep the screen on while training"
          meaning="The screen is not dimmed or locked while training goes on and this page is in sight. It costs battery."
          on={screen}
          problem={screenProblem}
          onChange={away.chooseScreen}
        />
      )}
      {notice !== null && (
        <Switch
          label="Tell me when training ends"
          meaning="The browser notifies you when training has ended by itself, or by an error, while you look elsewhere. It asks you first whether this page may do that."
          on={notice}
          problem={noticeProblem}
          onChange={(on) => void away.chooseNotice(on)}
        />
      )}
    </>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly meaning: string;
  readonly on: boolean;
  /** Why it does not work, in a sentence. */
  readonly problem: string | null;
  onChange(on: boolean): void;
}

function Switch({ label, meaning, on, problem, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} id={`${id}-label`}>
        {label}
      </label>
      <QuestionMark title="What is this?" describedBy={`${id}-label`} width="narrow">
        <p id={`${id}-meaning`}>{meaning}</p>
        <dl className={styles.facts}>
          <dt>Default</dt>
          <dd>off</dd>
          <dt>Changes</dt>
          <dd>at any time</dd>
        </dl>
      </QuestionMark>
      <input
        type="checkbox"
        id={id}
        checked={on}
        aria-describedby={`${id}-problem ${id}-meaning`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <p id={`${id}-problem`} className={styles.problem} role="alert">
        {problem}
      </p>
    </div>
  );
}
