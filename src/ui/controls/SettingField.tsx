// One setting: a number or a switch, with what it means, what a higher one does, its range, its default and the way back to it.
import { useEffect, useRef, useState } from 'react';
import { GanvasError } from '../../config/errors.ts';
import { presets } from '../../config/presets.ts';
import { type SettingName, settingProblem, settings } from '../../config/settings.ts';
import { setting as asText } from '../../page/state/format.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { errorSentence } from '../words/errorSentence.ts';
import { useErrorWords } from '../words/useErrorWords.ts';
import { Field } from './Field.tsx';
import styles from './SettingField.module.css';

interface SettingFieldProps {
  readonly name: SettingName;
  /** Why it cannot change now, or null when it can. */
  readonly lock: string | null;
}

export function SettingField({ name, lock }: SettingFieldProps) {
  const { actions } = usePage();
  const words = useErrorWords();
  const value = usePageState((state) => state.config[name]);
  const preset = usePageState((state) => state.preset);
  // What is being typed, while it differs from the value in use.
  const [draft, setDraft] = useState<string | null>(null);
  const { kind, label, meaning, higher, min, max, whole, live } = settings[name];
  const standard = presets[preset].config[name];
  const inWords = (number: number): string => (kind === 'switch' ? (number === 1 ? 'on' : 'off') : asText(number));

  // Many write 0,3 for 0.3; in a whole number a comma may set thousands apart, and is refused.
  const numberIn = (text: string): number =>
    text.trim() === '' ? Number.NaN : Number(whole ? text : text.replace(',', '.'));
  const problem = draft === null ? null : settingProblem(name, numberIn(draft));
  const isWrong = problem !== null;
  // A preset or a file of weights may bring another value: it wins over what was typed. So does the lock: what cannot
  // change any more shows what is in use, and what was typed in vain is said.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these two are what brings the effect about
  useEffect(() => {
    if (lock !== null && problem !== null) {
      actions.report(new GanvasError('setting-locked', { problem, setting: name, inUse: value }), 'settings');
    }
    setDraft(null);
  }, [value, lock]);
  const told = useRef<HTMLParagraphElement>(null);
  // The field is in sight, since it is being typed in; what is said below it may be beyond the edge.
  useEffect(() => {
    if (isWrong) told.current?.scrollIntoView({ block: 'nearest' });
  }, [isWrong]);
  const give = (text: string): void => {
    setDraft(text);
    const number = numberIn(text);
    if (settingProblem(name, number) === null) actions.setSetting(name, number);
  };
  const back = (): void => {
    setDraft(null);
    actions.setSetting(name, standard);
  };

  const range = kind === 'switch' ? 'on or off' : `${asText(min)} to ${asText(max)}`;
  const facts = [
    ['Range', whole === 'even' || whole === 'odd' ? `${range}, ${whole}` : range],
    [`Default (${presets[preset].label})`, inWords(standard)],
    ['Changes', live ? 'at any time' : 'before training'],
  ] as const;
  return (
    <Field
      label={label}
      meaning={`${meaning} ${higher}`}
      facts={facts}
      problem={problem && `${errorSentence(words, problem)} In use: ${asText(value)}.`}
      problemRef={told}
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
                value={draft ?? asText(value)}
                aria-invalid={problem !== null}
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
              title={`Back to the default, ${inWords(standard)}`}
              aria-describedby={ids.label}
              onClick={back}
            >
              <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" fill="none" stroke="currentColor">
                <path d="M3.2 6.2A5.2 5.2 0 1 1 2.8 8.6M3 2.6v3.8h3.8" strokeWidth="1.6" strokeLinecap="round" />
              </svg>
              <span className="hidden-text">Back to the default, {inWords(standard)}</span>
            </button>
          </>
        );
      }}
    </Field>
  );
}
