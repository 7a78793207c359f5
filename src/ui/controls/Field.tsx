// The frame of every setting's input: its label, its meaning and facts, and room for what is wrong with it.
import { type ReactNode, type Ref, useId } from 'react';
import { QuestionMark } from '../components/Popover.tsx';
import { useWords } from '../words/words.ts';
import styles from './Field.module.css';

/** Ids that tie the input to its label and descriptions. */
export interface FieldIds {
  readonly input: string;
  readonly label: string;
  /** Of the problem and the meaning: for `aria-describedby`. */
  readonly description: string;
}

interface FieldProps {
  readonly label: string;
  readonly meaning: string;
  /** Its range, its default, when it changes: a name and a value each. */
  readonly facts: readonly (readonly [string, string])[];
  /** In sentences; null while nothing is wrong. */
  readonly problem: string | null;
  readonly problemRef?: Ref<HTMLParagraphElement>;
  /** The input, and whatever else is in its line. */
  readonly children: (ids: FieldIds) => ReactNode;
}

export function Field({ label, meaning, facts, problem, problemRef, children }: FieldProps) {
  const { fields } = useWords();
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} id={`${id}-label`}>
        {label}
      </label>
      <QuestionMark title={fields.whatIsThis} describedBy={`${id}-label`} width="narrow">
        <p id={`${id}-meaning`}>{meaning}</p>
        <dl className={styles.facts}>
          {facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>])}
        </dl>
      </QuestionMark>
      {children({ input: id, label: `${id}-label`, description: `${id}-problem ${id}-meaning` })}
      <p ref={problemRef} id={`${id}-problem`} className={styles.problem} role="alert">
        {problem}
      </p>
    </div>
  );
}
