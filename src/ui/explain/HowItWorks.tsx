// What goes on, explained with the shapes of the run on screen: the two phases, one training step, and both networks.

import { Panel } from '../components/Panel.tsx';
import { usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import { GenerationDiagram, TrainingDiagram } from './Diagram.tsx';
import styles from './HowItWorks.module.css';
import { NetworkTable } from './NetworkTable.tsx';
import { OneStep } from './OneStep.tsx';

export function HowItWorks() {
  const { explain } = useWords();
  const config = usePageState((state) => state.config);
  return (
    <Panel title={explain.title} area="how">
      <p className={styles.lead}>
        {explain.lead(
          (text) => (
            <b className={styles.generator}>{text}</b>
          ),
          (text) => (
            <b className={styles.discriminator}>{text}</b>
          ),
        )}
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
