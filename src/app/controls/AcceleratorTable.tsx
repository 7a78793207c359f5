// What was measured of this device's accelerators, behind a button: how long a step takes on each, right or wrong and why.
import { presetOf, presets } from '../../config/presets.ts';
import type { Measure, Measurement } from '../../protocol/devices.ts';
import { backend, milliseconds } from '../format.ts';
import { Popover } from '../shell/Popover.tsx';
import { usePage, usePageState } from '../store.ts';
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
  const measurements = usePageState((state) => state.calibration?.measurements);
  const inUse = usePageState((state) => state.description?.backend.name);
  const preset = usePageState((state) => presetOf(state.config) ?? state.preset);
  const { label, config } = presets[preset];
  if (measurements === undefined) return <p className={styles.caption}>Nothing has been measured yet.</p>;
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
          <th scope="col" className={styles.number}>
            ms a step
          </th>
          <th scope="col">Test</th>
        </tr>
      </thead>
      <tbody>
        {measurements.map((each) => (
          <tr key={each.name} data-chosen={each.name === inUse}>
            <th scope="row">{backend(each.name)}</th>
            <td>{each.detail}</td>
            <td className={styles.number}>{milliseconds(each.msPerStep[preset])}</td>
            <td data-passed={each.passed}>{outcome(each, each.name === inUse)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function outcome({ passed, why, detail, msPerStep }: Measurement, inUse: boolean): string {
  if (passed === false) return `failed: ${why}`;
  if (passed === null) return inUse ? 'in use, not measured' : why === null || why === detail ? '–' : why;
  const known = Object.values(msPerStep).some((ms) => ms !== null);
  return `passed${known ? '' : ', too slow to measure'}${inUse ? ', in use' : ''}`;
}

function Measuring({ lock }: AcceleratorTableProps) {
  const { actions } = usePage();
  const trying = usePageState((state) => (state.progress?.stage === 'measuring' ? state.progress.text : null));
  const busy = usePageState((state) => state.session === 'loading');
  const disabled = lock !== null || busy;
  // Not `disabled` itself: that would take the focus away from the button that was pressed.
  const measure = (which: Measure): void => {
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
          Measure again
        </button>
        <button
          type="button"
          aria-disabled={disabled}
          title="Measures emulated and very slow ones too; that can take minutes. Whatever else is chosen ends it."
          onClick={() => measure('all')}
        >
          Measure all
        </button>
      </div>
      <p className={styles.now} role="status">
        {trying !== null
          ? `${trying}…`
          : lock === null
            ? 'Measure all tries emulated and very slow ones too, which can take minutes.'
            : 'Training holds the accelerator: press Reset to measure.'}
      </p>
    </>
  );
}
