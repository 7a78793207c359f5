// What was measured of this device's accelerators, behind a button: the time of a step on each, and whether its test
// passed.
import { presets as presetFacts, presetOf } from '../../config/presets.ts';
import { inUseOf } from '../../page/state/store.ts';
import type { Measurement } from '../../protocol/devices.ts';
import { Popover } from '../components/Popover.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords, type Words } from '../words/words.ts';
import styles from './AcceleratorTable.module.css';

interface AcceleratorTableProps {
  /** Why nothing can be measured now, or null when it can. */
  readonly lock: string | null;
}

export function AcceleratorTable({ lock }: AcceleratorTableProps) {
  const { speeds } = useWords();
  return (
    <Popover title={speeds.openMeans} face={speeds.open} buttonClass={styles.open} width="wide">
      <h3>{speeds.title}</h3>
      <Table />
      <Measuring lock={lock} />
    </Popover>
  );
}

function Table() {
  const words = useWords();
  const { speeds, backends, presets, device, format } = words;
  const measurements = usePageState((state) => state.calibration?.measurements);
  const inUse = usePageState((state) => inUseOf(state)?.name);
  const preset = usePageState((state) => presetOf(state.config) ?? state.preset);
  if (measurements === undefined) return <p className={styles.caption}>{speeds.nothing}</p>;
  const unit = unitOf(
    speeds,
    format,
    measurements.flatMap((each) => [each.msPerStep[preset], each.msInTraining[preset]]),
  );
  const trained = measurements.some((each) => each.msInTraining[preset] !== null);
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>
        {speeds.caption(presets[preset].label, presetFacts[preset].config.batch)}
      </caption>
      <thead>
        <tr>
          <th scope="col">{speeds.accelerator}</th>
          <th scope="col">{speeds.device}</th>
          <th scope="col" className={styles.number} title={speeds.stepMeans}>
            {unit.name}
          </th>
          {trained && (
            <th scope="col" className={styles.number} title={speeds.inTrainingMeans}>
              {speeds.inTraining}
            </th>
          )}
          <th scope="col">{speeds.test}</th>
        </tr>
      </thead>
      <tbody>
        {measurements.map((each) => (
          <tr key={each.name} data-chosen={each.name === inUse}>
            <th scope="row">{backends[each.name]}</th>
            <td>{device.detail(each.detail)}</td>
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
function unitOf(speeds: Words['speeds'], format: Words['format'], times: readonly (number | null)[]): Unit {
  if (times.every((ms) => ms === null || ms < 10_000))
    return { name: speeds.millisecondsAStep, format: format.milliseconds };
  return { name: speeds.secondsAStep, format: format.inSeconds };
}

function outcome({ passed, why }: Measurement, inUse: boolean, { speeds, device }: Words): string {
  const note = why && device.note(why);
  if (passed === false) return speeds.failed(note);
  // The column before says what is absent.
  if (passed === null) return inUse ? speeds.inUseNotMeasured : note === null || why?.note === 'absent' ? '–' : note;
  return speeds.list([speeds.passed, ...(note === null ? [] : [note]), ...(inUse ? [speeds.inUse] : [])]);
}

function Measuring({ lock }: AcceleratorTableProps) {
  const { actions } = usePage();
  const { speeds, progress: progressWords } = useWords();
  const progress = usePageState((state) => state.progress);
  const trying = progress?.stage === 'measuring' ? progressWords(progress) : null;
  const busy = usePageState((state) => state.session === 'loading');
  const measured = usePageState((state) => state.calibration !== null);
  const disabled = lock !== null || busy;
  // Not `disabled` itself: that would take the focus away from the button that was pressed.
  const measure = (which: 'again' | 'all'): void => {
    if (!disabled) void actions.measureAccelerators(which);
  };
  return (
    <>
      <div className={styles.buttons}>
        <button type="button" aria-disabled={disabled} title={speeds.measureMeans} onClick={() => measure('again')}>
          {measured ? speeds.measureAgain : speeds.measure}
        </button>
        <button type="button" aria-disabled={disabled} title={speeds.measureAllMeans} onClick={() => measure('all')}>
          {speeds.measureAll}
        </button>
        <button
          type="button"
          aria-disabled={trying === null}
          title={speeds.cancelMeans}
          onClick={() => void actions.cancelMeasuring()}
        >
          {speeds.cancel}
        </button>
      </div>
      <p className={styles.now} role="status">
        {trying !== null ? speeds.trying(trying) : lock === null ? speeds.allTakesMinutes : speeds.trainingHolds}
      </p>
    </>
  );
}
