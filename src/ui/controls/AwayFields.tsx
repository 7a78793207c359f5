// For those who look elsewhere while it trains: keep the screen on, and tell when training ends. Each only where the browser can.
import { useContext } from 'react';
import { useStore } from 'zustand';
import type { Attention } from '../../page/device/attention.ts';
import { AttentionContext } from '../components/AttentionContext.ts';
import { Field } from './Field.tsx';

export function AwayFields() {
  const away = useContext(AttentionContext);
  return away !== null && <Fields away={away} />;
}

function Fields({ away }: { readonly away: Attention }) {
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

const facts = [
  ['Default', 'off'],
  ['Changes', 'at any time'],
] as const;

function Switch({ label, meaning, on, problem, onChange }: SwitchProps) {
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
