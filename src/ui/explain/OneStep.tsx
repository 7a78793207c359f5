// One training step in words, with the numbers of the run on screen.
import type { RunConfig } from '../../config/run.ts';
import { useWords } from '../words/words.ts';
import styles from './HowItWorks.module.css';

export function OneStep({ config }: { readonly config: RunConfig }) {
  const { explain } = useWords();
  const { batch, latent, labelSmoothing, dropout, batchNormalisation, weightAverage } = config;
  const realLabel = Number((1 - labelSmoothing).toFixed(4));
  return (
    <div>
      <h3 className={styles.title}>{explain.oneStep}</h3>
      <ol className={styles.steps}>
        <li data-kind="discriminator">
          <h4>{explain.discriminatorLearns}</h4>
          <p>{explain.batchOfBoth(batch / 2, latent, realLabel)}</p>
          <p>{explain.bothThrough(batch, dropout)}</p>
          <p>{explain.discriminatorMoves(config.discriminatorLearningRate)}</p>
        </li>
        <li data-kind="generator">
          <h4>{explain.generatorLearns}</h4>
          <p>
            {explain.fakesPassForReal(batch)}
            {batchNormalisation === 1 && ` ${explain.normalised}`}
          </p>
          <p>{explain.gradientFlows}</p>
          <p>
            {explain.generatorMoves(config.generatorLearningRate)}
            {weightAverage > 0 && ` ${explain.averageFollows(weightAverage)}`}
          </p>
        </li>
      </ol>
    </div>
  );
}
