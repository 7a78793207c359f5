// The three choices: dataset, preset and accelerator, each with a line on what it means here and now.
import { type ReactNode, useId } from 'react';
import { type DatasetId, datasets as datasetFacts } from '../../config/datasets.ts';
import { type PresetName, presetNames, presetOf } from '../../config/presets.ts';
import { secondsPerEpoch } from '../../page/device/expectation.ts';
import { inUseOf } from '../../page/state/store.ts';
import type { Accelerator } from '../../protocol/devices.ts';
import { Problems } from '../components/Problems.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { acceleratorWords } from '../status/acceleratorWords.ts';
import { useWords } from '../words/words.ts';
import { AcceleratorTable } from './AcceleratorTable.tsx';
import styles from './Setup.module.css';

/** Why the choices and settings cannot change now; null when they can. */
export function useLock(): string | null {
  const { setup } = useWords();
  const touched = usePageState((state) => state.touched || state.session === 'training');
  const waiting = usePageState((state) => state.browser === null || state.intent !== null);
  if (touched) return setup.resetToChange;
  return waiting ? setup.notWhileStarting : null;
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
  /** Lines that the note takes where the choices stand in a column, whatever it says. */
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
  const { setup, datasets, origin } = useWords();
  const dataset = usePageState((state) => state.dataset);
  const loaded = usePageState((state) => state.loaded);
  const lock = useLock();
  const info = loaded?.info;
  const { megabytes } = datasetFacts[dataset];
  const label = datasets[dataset];
  return (
    <div>
      <Choice
        label={setup.dataset}
        value={dataset}
        lock={lock}
        onChange={(value) => {
          if (value === 'own') onOwnImages();
          else actions.chooseDataset(value as DatasetId);
        }}
        options={Object.entries(datasets).map(([id, name]) => (
          <option key={id} value={id}>
            {id === 'own' ? setup.opensDialog(name) : name}
          </option>
        ))}
        lines={2}
      >
        {info !== undefined && info.id === dataset
          ? setup.imagesFrom(info.count, origin(info.origin))
          : megabytes !== null
            ? setup.notFetched(label, megabytes)
            : setup.ready(label)}
      </Choice>
      {dataset === 'own' && lock === null && (
        <button type="button" className={styles.other} onClick={onOwnImages}>
          {setup.otherImages}
        </button>
      )}
      <Problems place="dataset" />
    </div>
  );
}

function PresetChoice() {
  const { actions } = usePage();
  const { setup, presets, ownSettings } = useWords();
  const config = usePageState((state) => state.config);
  const times = { quick: useEpochTime('quick'), tutorial: useEpochTime('tutorial'), light: useEpochTime('light') };
  const current = presetOf(config);
  const time = current === null ? null : times[current];
  const rough = useRoughTime();
  return (
    <Choice
      label={setup.preset}
      value={current ?? 'own'}
      lock={useLock()}
      lines={4}
      onChange={(value) => actions.choosePreset(value as PresetName)}
      options={
        <>
          {presetNames.map((name) => {
            const { label } = presets[name];
            const time = times[name];
            return (
              <option key={name} value={name}>
                {time === null ? label : setup.presetWithTime(label, time)}
              </option>
            );
          })}
          {current === null && (
            <option value="own" disabled>
              {ownSettings}
            </option>
          )}
        </>
      }
    >
      {current === null ? setup.changedByHand : presets[current].purpose}
      {/* It keeps its line: the page knows it a few seconds after the first paint. */}
      <span className={styles.expected}>{current === null ? rough : time !== null && setup.aboutAnEpoch(time)}</span>
    </Choice>
  );
}

/** About how long, in words; null while nobody knows. */
function useEpochTime(preset: PresetName): string | null {
  const { format } = useWords();
  const seconds = usePageState((state) => secondsPerEpoch(preset, state));
  return seconds === null ? null : format.duration(seconds);
}

/**
 * The same of settings that are no preset's, and of all their epochs: the visitor learns in time that it takes weeks.
 */
function useRoughTime(): string | null {
  const { setup, format } = useWords();
  const epochs = usePageState((state) => state.config.epochs);
  const seconds = usePageState((state) => secondsPerEpoch(state.preset, state, state.config));
  if (seconds === null) return null;
  return setup.roughly(format.duration(seconds), format.duration(seconds * epochs));
}

function AcceleratorChoice() {
  const { actions } = usePage();
  const words = useWords();
  const { accelerators, backends, device, format } = words;
  const accelerator = usePageState((state) => state.accelerator);
  const browser = usePageState((state) => state.browser);
  const inUse = usePageState(inUseOf);
  const waiting = usePageState((state) => acceleratorWords(state, words));
  const lock = useLock();
  return (
    <div>
      <Choice
        label={accelerators.title}
        value={accelerator}
        lock={lock}
        onChange={(value) => actions.chooseAccelerator(value as Accelerator)}
        aside={<AcceleratorTable lock={lock} />}
        lines={3}
        options={
          <>
            <option value="automatic">
              {browser?.automatic
                ? accelerators.automaticWith(backends[browser.automatic.name])
                : accelerators.automatic}
            </option>
            {browser === null && accelerator !== 'automatic' && (
              <option value={accelerator}>{backends[accelerator]}</option>
            )}
            {browser?.offers.map(({ name, available, emulated, detail }) => (
              <option key={name} value={name} disabled={!available} title={device.detail(detail)}>
                {/* Short: a closed list cuts long names, and the line below has the whole. */}
                {accelerators.option(
                  backends[name],
                  available && emulated ? accelerators.emulated : device.detail(detail),
                )}
              </option>
            ))}
          </>
        }
      >
        {inUse === null
          ? waiting
          : accelerators.inUse(
              format.capital(device.detail(inUse.detail)),
              inUse.reason && device.reason(inUse.reason),
            )}
      </Choice>
      <Problems place="accelerator" />
    </div>
  );
}
