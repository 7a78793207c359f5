// One stop rule: a number, or nothing for no such rule. It can change at any time.
import { useState } from 'react';
import { type StopRuleName, stopRuleProblem, stopRules } from '../../config/stopping.ts';
import { setting as asText } from '../../page/state/format.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { errorSentence } from '../words/errorSentence.ts';
import { useErrorWords } from '../words/useErrorWords.ts';
import { Field } from './Field.tsx';

const numberIn = (text: string): number | null => (text.trim() === '' ? null : Number(text));

export function StopRuleField({ name }: { readonly name: StopRuleName }) {
  const { actions } = usePage();
  const words = useErrorWords();
  const value = usePageState((state) => state.stopRules[name]);
  // What is being typed, while it is not right.
  const [draft, setDraft] = useState<string | null>(null);
  const { label, unit, meaning, min, max } = stopRules[name];
  const problem = draft === null ? null : stopRuleProblem(name, numberIn(draft));
  const facts = [
    ['Range', `${asText(min)} to ${asText(max)}, or empty`],
    ['Changes', 'at any time'],
  ] as const;
  return (
    <Field
      label={`${label}, ${unit}`}
      meaning={meaning}
      facts={facts}
      problem={problem && `${errorSentence(words, problem)} In use: ${value === null ? 'off' : asText(value)}.`}
    >
      {({ input, description }) => (
        <input
          id={input}
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          placeholder="off"
          value={draft ?? (value === null ? '' : asText(value))}
          aria-invalid={problem !== null}
          aria-describedby={description}
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
      )}
    </Field>
  );
}
