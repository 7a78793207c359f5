// What was measured of this device's accelerators, behind a button: how long a step takes on each, right or wrong and why.
import { presetOf, presets } from '../../config/presets.ts';
import { backend, inSeconds, milliseconds } from '../../page/state/format.ts';
import { inUseOf } from '../../page/state/store.ts';
import type { Measurement } from '../../protocol/devices.ts';
import { Popover } from '../components/Popover.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useErrorWords, type WorkerWords } from '../words/useErrorWords.ts';
import styles from './AcceleratorTable.module.css';

interface AcceleratorTableProps {
  /** Why nothing can be measured now, or null when it can. */
  readonly lock: string | null;
}

export function AcceleratorTable({ lock }: AcceleratorTableProps) {
  return (
    <Popover
      title="What was measured of this device’s accelerators"
      face="Speeds"
      buttonClass={styles.open}
      width="wide"
    >
      <h3>What computes on this device</h3>
      <Table />
      <Measuring lock={lock} />
    </Popover>
  );
}

function Table() {
  const words = useErrorWords();
  const measurements = usePageState((state) => state.calibration?.measurements);
  const inUse = usePageState((state) => inUseOf(state)?.name);
  const preset = usePageState((state) => presetOf(state.config) ?? state.preset);
  const { label, config } = presets[preset];
  if (measurements === undefined) return <p className={styles.caption}>Nothing has been measured yet.</p>;
  const unit = unitOf(measurements.flatMap((each) => [each.msPerStep[preset], each.msInTraining[preset]]));
  const trained = measurements.some((each) => each.msInTraining[preset] !== null);
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>
        How long a training step takes with the preset {label} ({config.batch} images a batch), and whether a test step
        came out right.
      </caption>
      <thead>
        <tr>
          <th scope="col">Accelerator</th>
          <th scope="col">Device</th>
          <th
            scope="col"
            className={styles.number}
            title="The quickest of a few steps, on as much of a batch as there was time for."
          >
            {unit.name} a step
          </th>
          {trained && (
            <th
              scope="col"
              className={styles.number}
              title="The mean of the last steps of a run, with all that goes on around them."
            >
              in training
            </th>
          )}
          <th scope="col">Test</th>
        </tr>
      </thead>
      <tbody>
        {measurements.map((each) => (
          <tr key={each.name} data-chosen={each.name === inUse}>
            <th scope="row">{backend(each.name)}</th>
            <td>{words.device.detail(each.detail)}</td>
            <td className={styles.number}>{unit.format(each.msPerStep[preset])}</td>
            {trained && <td className={styles.number}>{unit.format(each.msInTraining[preset])}</td>}
            <td data-passed={each.passed}>{outcome(each, each.name === inUse, words)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Unit {
  readonly name: string;
  format(ms: number | null): string;
}

/** One unit for all of a column, which its head names. */
function unitOf(times: readonly (number | null)[]): Unit {
  if (times.every((ms) => ms === null || ms < 10_000)) return { name: 'ms', format: milliseconds };
  return { name: 's', format: inSeconds };
}

function outcome({ passed, why }: Measurement, inUse: boolean, { device }: WorkerWords): string {
  const note = why && device.note(why);
  if (passed === false) return note === null ? 'failed' : `failed: ${note}`;
  // What is not there is said in the column before.
  if (passed === null) return inUse ? 'in use, not measured' : note === null || why?.note === 'absent' ? '–' : note;
  return ['passed', ...(note === null ? [] : [note]), ...(inUse ? ['in use'] : [])].join(', ');
}

function Measuring({ lock }: AcceleratorTableProps) {
  const { actions } = usePage();
  const words = useErrorWords();
  const progress = usePageState((state) => state.progress);
  const trying = progress?.stage === 'measuring' ? words.progress(progress) : null;
  const busy = usePageState((state) => state.session === 'loading');
  const known = usePageState((state) => state.calibration !== null);
  const disabled = lock !== null || busy;
  // Not `disabled` itself: that would take the focus away from the button that was pressed.
  const measure = (which: 'again' | 'all'): void => {
    if (!disabled) void actions.measureAccelerators(which);
  };
  return (
    <>
      <div className={styles.buttons}>
        <button
          type="button"
          aria-disabled={disabled}
          title="Measures what this device really has; a few seconds."
          onClick={() => measure('again')}
        >
          {known ? 'Measure again' : 'Measure'}
        </button>
        <button
          type="button"
          aria-disabled={disabled}
          title="Measures emulated and very slow ones too; that can take minutes."
          onClick={() => measure('all')}
        >
          Measure all
        </button>
        <button
          type="button"
          aria-disabled={trying === null}
          title="Ends measuring; what has been measured by now is kept."
          onClick={() => void actions.cancelMeasuring()}
        >
          Cancel
        </button>
      </div>
      <p className={styles.now} role="status">
        {trying !== null
          ? `${trying}… What has been measured is in the table, and Cancel keeps it.`
          : lock === null
            ? 'Measure all tries emulated and very slow ones too, which can take minutes.'
            : 'Training holds the accelerator: press Reset to measure.'}
      </p>
    </>
  );
}
