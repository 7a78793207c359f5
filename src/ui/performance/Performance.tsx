// What training takes of the machine, in numbers: time, arithmetic and memory, and a warning when memory keeps growing.
import { stepOperations } from '../../config/arithmetic.ts';
import type { PageState } from '../../page/state/store.ts';
import { Figure } from '../components/Figure.tsx';
import { Panel } from '../components/Panel.tsx';
import { usePageState } from '../components/pageContext.ts';
import { Explanations } from '../status/Meanings.tsx';
import { useWords, type Words } from '../words/words.ts';
import styles from './Performance.module.css';

type Name = keyof Words['performance']['quantities'];

interface Quantity {
  readonly name: Name;
  /** The widest that its text gets, but for what a language calls its unit. */
  readonly widest: string;
  /** null while it is unknown. */
  value(state: PageState, words: Words): string | null;
}

const stepsPerSecond = ({ machineUse }: PageState): number | null =>
  machineUse === null || machineUse.msPerStep === null ? null : 1000 / machineUse.msPerStep;

const quantities: readonly Quantity[] = [
  {
    name: 'time',
    widest: '88,888 ms',
    value: ({ machineUse }, { performance, format }) => {
      const ms = machineUse?.msPerStep ?? null;
      return ms === null ? null : performance.milliseconds(format.milliseconds(ms));
    },
  },
  {
    name: 'steps',
    widest: '888.88 /s',
    value: (state, { performance, format }) => {
      const steps = stepsPerSecond(state);
      return steps === null ? null : performance.aSecond(format.fixed(steps, steps < 10 ? 2 : 1));
    },
  },
  {
    name: 'arithmetic',
    widest: '88,888.8 GFLOP/s',
    value: (state, { performance, format }) => {
      const steps = stepsPerSecond(state);
      if (steps === null) return null;
      const rate = (stepOperations(state.config) * steps) / 1e9;
      return performance.gigaflops(rate < 100 ? format.fixed(rate, 1) : format.count(rate));
    },
  },
  {
    name: 'tensors',
    widest: '88,888',
    value: ({ machineUse }, { format }) => machineUse && format.count(machineUse.tensors),
  },
  {
    name: 'held',
    widest: '8,888.8 MB',
    value: ({ machineUse }, { format }) => machineUse && format.bytes(machineUse.bytes),
  },
  {
    name: 'reserved',
    widest: '8,888.8 MB',
    value: ({ machineUse }, { format }) => {
      const reserved = machineUse?.reservedBytes ?? null;
      return reserved === null ? null : format.bytes(reserved);
    },
  },
];

export function Performance() {
  const { performance } = useWords();
  return (
    <Panel
      title={performance.title}
      area="performance"
      aside={
        <Explanations
          title={performance.numbersMean}
          items={Object.values(performance.quantities).map(({ label, means }) => [label, means])}
        />
      }
    >
      <dl className={styles.quantities}>
        {quantities.map((quantity) => (
          <Row key={quantity.name} quantity={quantity} />
        ))}
      </dl>
      <Memory />
    </Panel>
  );
}

function Row({ quantity: { name, widest, value } }: { readonly quantity: Quantity }) {
  const words = useWords();
  const { label, means } = words.performance.quantities[name];
  const text = usePageState((state) => value(state, words));
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

/** Whether memory stays steady; the line keeps its place whatever it says. */
function Memory() {
  const { performance } = useWords();
  const leaked = usePageState(({ machineUse }) => machineUse?.leaked ?? null);
  return (
    <p className={styles.memory} data-warning={leaked !== null && leaked > 0} role="status">
      {leaked === null
        ? performance.memoryUnknown
        : leaked > 0
          ? performance.memoryGrows(leaked)
          : performance.memorySteady}
    </p>
  );
}
