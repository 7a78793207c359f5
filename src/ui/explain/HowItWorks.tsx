// What goes on, explained with the shapes of the run on screen: the two phases, one training step, and both networks.

import { Panel } from '../components/Panel.tsx';
import { usePageState } from '../components/pageContext.ts';
import { GenerationDiagram, TrainingDiagram } from './Diagram.tsx';
import styles from './HowItWorks.module.css';
import { NetworkTable } from './NetworkTable.tsx';
import { OneStep } from './OneStep.tsx';

export function HowItWorks() {
  const config = usePageState((state) => state.config);
  return (
    <Panel title="How it works" area="how">
      <p className={styles.lead}>
        Two networks play against each other. The <b className={styles.generator}>generator</b> turns random numbers
        into pictures; the <b className={styles.discriminator}>discriminator</b> is shown those and real ones and says
        which is which. Each learns from the other’s answers. A loss of 0.693 nats (ln 2) on both sides is a draw: the
        discriminator can only guess.
      </p>
      <div className={styles.phases}>
        <TrainingDiagram config={config} />
        <GenerationDiagram config={config} />
      </div>
      <OneStep config={config} />
      <div className={styles.tables}>
        <NetworkTable network="generator" config={config} />
        <NetworkTable network="discriminator" config={config} />
      </div>
    </Panel>
  );
}
