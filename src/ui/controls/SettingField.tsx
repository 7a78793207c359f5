// One setting: a number or a switch, with its meaning, its range, its default and a button back to it.
import { useEffect, useRef, useState } from 'react';
import { GanvasError } from '../../config/errors.ts';
import { presets } from '../../config/presets.ts';
import { type SettingName, settingProblem, settings } from '../../config/settings.ts';
import { numberIn } from '../components/numberIn.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { errorSentence } from '../words/errorSentence.ts';
import { useWords } from '../words/words.ts';
import { Field } from './Field.tsx';
import styles from './SettingField.module.css';

interface SettingFieldProps {
  readonly name: SettingName;
  /** Why it cannot change now, or null when it can. */
  readonly lock: string | null;
}

export function SettingField({ name, lock }: SettingFieldProps) {
  const { actions } = usePage();
  const words = useWords();
  const { fields, format } = words;
  const value = usePageState((state) => state.config[name]);
  const preset = usePageState((state) => state.preset);
  // What is being typed, while it differs from the value in use.
  const [draft, setDraft] = useState<string | null>(null);
  const { kind, min, max, whole, live } = settings[name];
  const standard = presets[preset].config[name];
  const inWords = (number: number): string => {
    if (kind === 'switch') return number === 1 ? fields.on : fields.off;
    return format.setting(number);
  };

  const typed = (text: string): number => numberIn(text, whole !== undefined);
  const problem = draft === null ? null : settingProblem(name, typed(draft));
  const isWrong = problem !== null;
  // A preset or a file of weights may bring another value, which replaces what was typed. So does the lock: a locked
  // field shows the value in use, and the page reports what was typed in vain.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the value or the lock changes, and then only
  useEffect(() => {
    if (lock !== null && problem !== null) {
      actions.report(new GanvasError('setting-locked', { problem, setting: name, inUse: value }), 'settings');
    }
    setDraft(null);
  }, [value, lock]);
  useEffect(() => {
    actions.noteWrongSetting(name, isWrong);
    return () => actions.noteWrongSetting(name, false);
  }, [actions, name, isWrong]);
  const problemRef = useRef<HTMLParagraphElement>(null);
  // The visitor types in the field, so it is in sight; the problem below it may be beyond the edge.
  useEffect(() => {
    if (isWrong) problemRef.current?.scrollIntoView({ block: 'nearest' });
  }, [isWrong]);
  const give = (text: string): void => {
    setDraft(text);
    const number = typed(text);
    if (settingProblem(name, number) === null) actions.setSetting(name, number);
  };
  const back = (): void => {
    setDraft(null);
    actions.setSetting(name, standard);
  };

  const range = kind === 'switch' ? fields.onOrOff : fields.between(format.setting(min), format.setting(max));
  const facts = [
    [fields.range, whole === 'even' || whole === 'odd' ? fields[whole](range) : range],
    [fields.defaultIn(words.presets[preset].label), inWords(standard)],
    [fields.changes, live ? fields.atAnyTime : fields.beforeTraining],
  ] as const;
  return (
    <Field
      label={words.settings[name].label}
      meaning={fields.meaning(words.settings[name])}
      facts={facts}
      problem={problem && fields.inUse(errorSentence(words, problem), format.setting(value))}
      problemRef={problemRef}
    >
      {(ids) => {
        const common = {
          id: ids.input,
          disabled: lock !== null,
          title: lock ?? undefined,
          'aria-describedby': lock === null ? ids.description : `${ids.description} settings-lock`,
        };
        return (
          <>
            {kind === 'switch' ? (
              <input
                {...common}
                type="checkbox"
                checked={value === 1}
                onChange={(event) => actions.setSetting(name, event.target.checked ? 1 : 0)}
              />
            ) : (
              <input
                {...common}
                inputMode="decimal"
                autoComplete="off"
                spellCheck={false}
                value={draft ?? format.setting(value)}
                aria-invalid={problem !== null}
                data-setting={name}
                onChange={(event) => give(event.target.value)}
                onBlur={() => {
                  if (problem === null) setDraft(null);
                }}
                onKeyDown={(event) => {
                  if (event.key === 'Escape') setDraft(null);
                }}
              />
            )}
            <button
              type="button"
              className={styles.back}
              disabled={lock !== null || (value === standard && draft === null)}
              title={fields.backToDefault(inWords(standard))}
              aria-describedby={ids.label}
              onClick={back}
            >
              <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" fill="none" stroke="currentColor">
                <path d="M3.2 6.2A5.2 5.2 0 1 1 2.8 8.6M3 2.6v3.8h3.8" strokeWidth="1.6" strokeLinecap="round" />
              </svg>
              <span className="hidden-text">{fields.backToDefault(inWords(standard))}</span>
            </button>
          </>
        );
      }}
    </Field>
  );
}
