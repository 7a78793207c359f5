// What training takes of the machine, in numbers: time, arithmetic and memory, and a warning when memory keeps growing.
import { stepOperations } from '../../config/arithmetic.ts';
import { bytes, count, milliseconds } from '../../page/state/format.ts';
import type { PageState } from '../../page/state/store.ts';
import { Figure } from '../components/Figure.tsx';
import { Panel } from '../components/Panel.tsx';
import { usePageState } from '../components/pageContext.ts';
import { Explanations } from '../status/Meanings.tsx';
import styles from './Performance.module.css';

interface Quantity {
  readonly label: string;
  readonly means: string;
  readonly widest: string;
  /** null while it is unknown. */
  value(state: PageState): string | null;
}

const stepsPerSecond = ({ machineUse }: PageState): number | null =>
  machineUse === null || machineUse.msPerStep === null ? null : 1000 / machineUse.msPerStep;

const quantities: readonly Quantity[] = [
  {
    label: 'Time of a step',
    means: 'From one step’s end to the next, with all that the page is told in between; the mean of the last seconds.',
    widest: '88,888 ms',
    value: ({ machineUse }) =>
      machineUse === null || machineUse.msPerStep === null ? null : `${milliseconds(machineUse.msPerStep)} ms`,
  },
  {
    label: 'Steps',
    means: 'Training steps a second, each of both networks.',
    widest: '888.88 /s',
    value: (state) => {
      const steps = stepsPerSecond(state);
      return steps === null ? null : `${steps.toFixed(steps < 10 ? 2 : 1)} /s`;
    },
  },
  {
    label: 'Arithmetic',
    means:
      'Billions of floating-point operations a second: those of a step, counted from the layers’ shapes, times the steps a second.',
    widest: '88,888.8 GFLOP/s',
    value: (state) => {
      const steps = stepsPerSecond(state);
      if (steps === null) return null;
      const rate = (stepOperations(state.config) * steps) / 1e9;
      return `${rate < 100 ? rate.toFixed(1) : count(rate)} GFLOP/s`;
    },
  },
  {
    label: 'Tensors',
    means: 'Arrays of numbers that the networks and the optimizers hold between two steps. They should stay as many.',
    widest: '88,888',
    value: ({ machineUse }) => machineUse && count(machineUse.tensors),
  },
  {
    label: 'Held',
    means: 'Bytes in these tensors. They should stay as many, too.',
    widest: '8,888.8 MB',
    value: ({ machineUse }) => machineUse && bytes(machineUse.bytes),
  },
  {
    label: 'Reserved',
    means: 'Bytes taken from the device: those held, and what is kept for a step’s tensors that come and go.',
    widest: '8,888.8 MB',
    value: ({ machineUse }) =>
      machineUse === null || machineUse.reservedBytes === null ? null : bytes(machineUse.reservedBytes),
  },
];

export function Performance() {
  return (
    <Panel
      title="Performance"
      area="performance"
      aside={
        <Explanations
          title="What do the numbers of the performance mean?"
          items={quantities.map(({ label, means }) => [label, means])}
        />
      }
    >
      <dl className={styles.quantities}>
        {quantities.map((quantity) => (
          <Row key={quantity.label} quantity={quantity} />
        ))}
      </dl>
      <Memory />
    </Panel>
  );
}

function Row({ quantity: { label, means, widest, value } }: { readonly quantity: Quantity }) {
  const text = usePageState(value);
  return (
    <div className={styles.quantity}>
      <dt>{label}</dt>
      <dd data-known={text !== null}>
        <Figure explained means={means} widest={widest}>
          {text ?? '–'}
        </Figure>
      </dd>
    </div>
  );
}

/** Whether memory stays what it was; the line is kept whatever it says. */
function Memory() {
  const leaked = usePageState(({ machineUse }) => machineUse?.leaked ?? null);
  return (
    <p className={styles.memory} data-warning={leaked !== null && leaked > 0} role="status">
      {leaked === null
        ? 'Whether memory stays steady is known from the third step on.'
        : leaked > 0
          ? `Tensors keep growing, ${count(leaked)} more than after the third step: memory will run out in the end. Download the weights, then press Reset.`
          : 'Memory is steady: no more tensors than after the third step.'}
    </p>
  );
}
