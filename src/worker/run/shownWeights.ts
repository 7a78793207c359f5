// Which of the generator's weights the digits that one looks at are drawn with, where a run has an average beside the
// newest. What is measured and downloaded stays with the average.
import type { DrawnWith } from '../../config/training.ts';

export class ShownWeights {
  /** What the visitor has chosen; it outlasts a run. */
  chosen: DrawnWith = 'averaged';
}
