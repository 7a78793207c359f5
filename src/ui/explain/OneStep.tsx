// One training step in words, with the numbers of the run on screen.
import type { RunConfig } from '../../config/run.ts';
import { count, setting } from '../../page/state/format.ts';
import styles from './HowItWorks.module.css';

export function OneStep({ config }: { readonly config: RunConfig }) {
  const { batch, latent, labelSmoothing, dropout, batchNormalisation, weightAverage } = config;
  const { discriminatorLearningRate, generatorLearningRate } = config;
  const half = count(batch / 2);
  const realLabel = labelSmoothing === 0 ? '1' : String(Number((1 - labelSmoothing).toFixed(4)));
  return (
    <div>
      <h3 className={styles.title}>One training step</h3>
      <ol className={styles.steps}>
        <li data-kind="discriminator">
          <h4>The discriminator learns</h4>
          <p>
            {batch === 2 ? 'One real image gets' : `${half} real images get`} the label {realLabel}. The generator makes{' '}
            {batch === 2 ? 'one fake' : `${half} fakes`} from {half} × {latent} fresh random numbers, with the label 0.
          </p>
          <p>
            Both halves go through the discriminator as one batch of {count(batch)}
            {dropout > 0 &&
              `, with ${setting(Math.round(dropout * 1000) / 10)}% of its activations switched off at random`}
            . The loss is the cross-entropy between its answers and the labels.
          </p>
          <p>
            Adam moves the discriminator’s weights (learning rate {setting(discriminatorLearningRate)}). The generator’s
            stay.
          </p>
        </li>
        <li data-kind="generator">
          <h4>The generator learns</h4>
          <p>
            {count(batch)} new random vectors become {count(batch)} fakes, and they get the label 1: the generator wants
            them to pass for real.
            {batchNormalisation === 1 &&
              ' Inside it each channel is normalised over the images computed together; moving averages of their means and variances follow, and digits are drawn with those.'}
          </p>
          <p>
            The fakes go through the discriminator. The loss says how far its answers are from “real”, and its gradient
            flows back through it to the generator.
          </p>
          <p>
            Adam moves the generator’s weights (learning rate {setting(generatorLearningRate)}). The discriminator’s are
            left alone.
            {weightAverage > 0 &&
              ` An average that keeps ${setting(Math.round(weightAverage * 10_000) / 100)}% of itself follows; digits are drawn with it.`}
          </p>
        </li>
      </ol>
    </div>
  );
}
