// What to train on, from which settings, and where: the three choices, each with a line on what it means here and now.
import { type ReactNode, useId } from 'react';
import { type DatasetId, datasets } from '../../config/datasets.ts';
import { type Preset, type PresetName, presetOf, presets } from '../../config/presets.ts';
import { secondsPerEpoch } from '../../page/device/expectation.ts';
import { backend, capital, count, duration } from '../../page/state/format.ts';
import { inUseOf } from '../../page/state/store.ts';
import type { Accelerator } from '../../protocol/devices.ts';
import { Problems } from '../components/Problems.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { acceleratorWords } from '../status/acceleratorWords.ts';
import { useErrorWords } from '../words/useErrorWords.ts';
import { AcceleratorTable } from './AcceleratorTable.tsx';
import styles from './Setup.module.css';

/** Why the choices and settings cannot change now; null when they can. */
export function useLock(): string | null {
  const touched = usePageState((state) => state.touched || state.session === 'training');
  const waiting = usePageState((state) => state.browser === null || state.intent !== null);
  if (touched) return 'Reset to change this.';
  return waiting ? 'Not while it starts.' : null;
}

export function Setup({ onOwnImages }: { readonly onOwnImages: () => void }) {
  return (
    <div className={styles.setup}>
      <DatasetChoice onOwnImages={onOwnImages} />
      <PresetChoice />
      <AcceleratorChoice />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly lock: string | null;
  readonly onChange: (value: string) => void;
  readonly options: ReactNode;
  /** Beside the label. */
  readonly aside?: ReactNode;
  /** Lines that are kept for the note, where the choices stand in a column: what it says changes. */
  readonly lines: 2 | 3 | 4;
  readonly children: ReactNode;
}

function Choice({ label, value, lock, onChange, options, aside, lines, children }: ChoiceProps) {
  const id = useId();
  const note = useId();
  return (
    <div className={styles.choice}>
      <label htmlFor={id}>{label}</label>
      {aside}
      <select
        id={id}
        value={value}
        disabled={lock !== null}
        title={lock ?? undefined}
        aria-describedby={note}
        onChange={(event) => onChange(event.target.value)}
      >
        {options}
      </select>
      <p id={note} className={styles.note} data-lines={lines}>
        {lock !== null && <span className="hidden-text">{lock} </span>}
        {children}
      </p>
    </div>
  );
}

function DatasetChoice({ onOwnImages }: { readonly onOwnImages: () => void }) {
  const { actions } = usePage();
  const dataset = usePageState((state) => state.dataset);
  const loaded = usePageState((state) => state.loaded);
  const words = useErrorWords();
  const lock = useLock();
  const info = loaded?.info;
  const { label, megabytes } = datasets[dataset];
  return (
    <div>
      <Choice
        label="Dataset"
        value={dataset}
        lock={lock}
        onChange={(value) => {
          if (value === 'own') onOwnImages();
          else actions.chooseDataset(value as DatasetId);
        }}
        options={Object.entries(datasets).map(([id, each]) => (
          <option key={id} value={id}>
            {each.label}
            {id === 'own' ? '…' : ''}
          </option>
        ))}
        lines={2}
      >
        {info !== undefined && info.id === dataset
          ? `${count(info.count)} images, ${words.origin(info.origin)}`
          : megabytes !== null
            ? `${label}, not fetched yet: ${megabytes} MB when you press Train`
            : `${label}, ready when you press Train`}
      </Choice>
      {dataset === 'own' && lock === null && (
        <button type="button" className={styles.other} onClick={onOwnImages}>
          Other images
        </button>
      )}
      <Problems place="dataset" />
    </div>
  );
}

function PresetChoice() {
  const { actions } = usePage();
  const config = usePageState((state) => state.config);
  const times = { quick: useEpochTime('quick'), tutorial: useEpochTime('tutorial'), light: useEpochTime('light') };
  const current = presetOf(config);
  const rough = useRoughTime();
  return (
    <Choice
      label="Preset"
      value={current ?? 'own'}
      lock={useLock()}
      lines={4}
      onChange={(value) => actions.choosePreset(value as PresetName)}
      options={
        <>
          {(Object.entries(presets) as [PresetName, Preset][]).map(([name, preset]) => (
            <option key={name} value={name}>
              {preset.label}
              {times[name] === null ? '' : ` (${times[name]}/epoch)`}
            </option>
          ))}
          {current === null && (
            <option value="own" disabled>
              Your own settings
            </option>
          )}
        </>
      }
    >
      {current === null ? 'Changed by hand.' : presets[current].purpose}
      {/* A line is kept for it: it is known a few seconds after the page is seen. */}
      <span className={styles.expected}>
        {current === null ? rough : times[current] !== null && `About ${times[current]} an epoch here.`}
      </span>
    </Choice>
  );
}

/** About how long, in words; null while nobody knows. */
function useEpochTime(preset: PresetName): string | null {
  const seconds = usePageState((state) => secondsPerEpoch(preset, state));
  return seconds === null ? null : duration(seconds);
}

/** The same of settings that are no preset's, and of all their epochs: who has asked for weeks learns it before. */
function useRoughTime(): string | null {
  const epochs = usePageState((state) => state.config.epochs);
  const seconds = usePageState((state) => secondsPerEpoch(state.preset, state, state.config));
  return seconds === null ? null : `Roughly ${duration(seconds)} an epoch here, ${duration(seconds * epochs)} in all.`;
}

function AcceleratorChoice() {
  const { actions } = usePage();
  const accelerator = usePageState((state) => state.accelerator);
  const browser = usePageState((state) => state.browser);
  const inUse = usePageState(inUseOf);
  const words = usePageState(acceleratorWords);
  const { device } = useErrorWords();
  const lock = useLock();
  return (
    <div>
      <Choice
        label="Accelerator"
        value={accelerator}
        lock={lock}
        onChange={(value) => actions.chooseAccelerator(value as Accelerator)}
        aside={<AcceleratorTable lock={lock} />}
        lines={3}
        options={
          <>
            <option value="automatic">
              Automatic{browser?.automatic ? ` (${backend(browser.automatic.name)})` : ''}
            </option>
            {browser === null && accelerator !== 'automatic' && (
              <option value={accelerator}>{backend(accelerator)}</option>
            )}
            {browser?.offers.map(({ name, available, emulated, detail }) => (
              <option key={name} value={name} disabled={!available} title={device.detail(detail)}>
                {/* Short: a closed list cuts what is long, and the line below says it in full. */}
                {backend(name)}: {available && emulated ? 'emulated' : device.detail(detail)}
              </option>
            ))}
          </>
        }
      >
        {inUse === null
          ? words
          : `${capital(device.detail(inUse.detail))}. ${inUse.reason ? device.reason(inUse.reason) : ''}`}
      </Choice>
      <Problems place="accelerator" />
    </div>
  );
}
