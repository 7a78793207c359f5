// One stop rule: a number, or nothing for no such rule. It can change at any time.
import { useState } from 'react';
import { type StopRuleName, stopRuleProblem, stopRules } from '../../config/stopping.ts';
import { numberIn } from '../components/numberIn.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { errorSentence } from '../words/errorSentence.ts';
import { useWords } from '../words/words.ts';
import { Field } from './Field.tsx';

export function StopRuleField({ name }: { readonly name: StopRuleName }) {
  const { actions } = usePage();
  const words = useWords();
  const { fields, format } = words;
  const value = usePageState((state) => state.stopRules[name]);
  // What is being typed, while it is not right.
  const [draft, setDraft] = useState<string | null>(null);
  const { min, max, whole } = stopRules[name];
  const { label, unit, meaning } = words.stopRules[name];
  const typed = (text: string): number | null => (text.trim() === '' ? null : numberIn(text, whole));
  const problem = draft === null ? null : stopRuleProblem(name, typed(draft));
  const inUse = value === null ? fields.off : format.setting(value);
  const facts = [
    [fields.range, fields.orEmpty(fields.between(format.setting(min), format.setting(max)))],
    [fields.changes, fields.atAnyTime],
  ] as const;
  return (
    <Field
      label={fields.withUnit(label, unit)}
      meaning={meaning}
      facts={facts}
      problem={problem && fields.inUse(errorSentence(words, problem), inUse)}
    >
      {({ input, description }) => (
        <input
          id={input}
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          placeholder={fields.off}
          value={draft ?? (value === null ? '' : format.setting(value))}
          aria-invalid={problem !== null}
          aria-describedby={description}
          onChange={(event) => {
            const text = event.target.value;
            setDraft(text);
            if (stopRuleProblem(name, typed(text)) === null) actions.chooseStopRule(name, typed(text));
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
