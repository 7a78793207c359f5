// One stop rule: a number, or nothing for no such rule. It can change at any time.
import { useId, useState } from 'react';
import { type StopRuleName, stopRuleProblem, stopRules } from '../../config/stopping.ts';
import { setting as asText } from '../format.ts';
import { QuestionMark } from '../shell/Popover.tsx';
import { usePage, usePageState } from '../store.ts';
import styles from './SettingField.module.css';

const numberIn = (text: string): number | null => (text.trim() === '' ? null : Number(text));

export function StopRuleField({ name }: { readonly name: StopRuleName }) {
  const { actions } = usePage();
  const value = usePageState((state) => state.stopRules[name]);
  // What is being typed, while it is not right.
  const [draft, setDraft] = useState<string | null>(null);
  const id = useId();
  const { label, unit, meaning, min, max } = stopRules[name];
  const problem = draft === null ? null : stopRuleProblem(name, numberIn(draft));
  return (
    <div className={styles.field}>
      <label htmlFor={id} id={`${id}-label`}>
        {label}, {unit}
      </label>
      <QuestionMark title="What is this?" describedBy={`${id}-label`} width="narrow">
        <p id={`${id}-meaning`}>{meaning}</p>
        <dl className={styles.facts}>
          <dt>Range</dt>
          <dd>
            {asText(min)} to {asText(max)}, or empty
          </dd>
          <dt>Changes</dt>
          <dd>at any time</dd>
        </dl>
      </QuestionMark>
      <input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        placeholder="off"
        value={draft ?? (value === null ? '' : asText(value))}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-problem ${id}-meaning`}
        onChange={(event) => {
          const text = event.target.value;
          setDraft(text);
          if (stopRuleProblem(name, numberIn(text)) === null) actions.chooseStopRule(name, numberIn(text));
        }}
        onBlur={() => {
          if (problem === null) setDraft(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setDraft(null);
        }}
      />
      <p id={`${id}-problem`} className={styles.problem} role="alert">
        {problem !== null && `${problem} In use: ${value === null ? 'off' : asText(value)}.`}
      </p>
    </div>
  );
}
