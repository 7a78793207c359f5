// For visitors who look elsewhere while training goes on: keep the screen on, and notify when training ends. Each only
// where the browser can.
import { useContext } from 'react';
import { useStore } from 'zustand';
import type { Attention } from '../../page/device/attention.ts';
import { AttentionContext } from '../components/AttentionContext.ts';
import { useWords } from '../words/words.ts';
import { Field } from './Field.tsx';

export function AwayFields() {
  const away = useContext(AttentionContext);
  return away !== null && <Fields away={away} />;
}

function Fields({ away }: { readonly away: Attention }) {
  const { away: words } = useWords();
  const { screen, notice, screenRefused, noticeRefused } = useStore(away.store);
  return (
    <>
      {screen !== null && (
        <Switch
          label={words.screen}
          meaning={words.screenMeans}
          on={screen}
          problem={screenRefused ? words.screenRefused : null}
          onChange={away.chooseScreen}
        />
      )}
      {notice !== null && (
        <Switch
          label={words.notice}
          meaning={words.noticeMeans}
          on={notice}
          problem={noticeRefused ? words.noticeRefused : null}
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
  const { fields } = useWords();
  const facts = [
    [fields.default, fields.off],
    [fields.changes, fields.atAnyTime],
  ] as const;
  return (
    <Field label={label} meaning={meaning} facts={facts} problem={problem}>
      {({ input, description }) => (
        <input
          type="checkbox"
          id={input}
          checked={on}
          aria-describedby={description}
          onChange={(event) => onChange(event.target.checked)}
        />
      )}
    </Field>
  );
}
