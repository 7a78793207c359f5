// English: the training status: what goes on, the numbers of the run and what they mean, announcements and the
// browser's tab.
import type { StopReason } from '../../../config/stopping.ts';
import { format } from './format.ts';

const { count } = format;

const more = (n: number, one: string, many: string): string => (n === 1 ? `one more ${one}` : `${n} more ${many}`);

/** How much each rule of a run allows. */
export interface EndFacts {
  readonly epochs: number;
  /** null where the rule was switched off meanwhile. */
  readonly minutes: number | null;
  readonly patience: number | null;
}

export const status = {
  title: 'Training',
  region: 'Training status',
  run: 'Run',
  progress: 'Training progress',
  notStarted: 'not started',
  loading: 'Loading',
  cancel: 'Cancel',

  /** What goes on: in the status, and announced. */
  states: {
    pausing: 'Pausing…',
    starting: 'Starting…',
    trainingDiscriminator: 'Training the discriminator…',
    trainingGenerator: 'Training the generator…',
    building: 'Building the networks…',
    readyToGoOn: 'Ready to go on',
    weightsFromFile: 'Weights from a file',
    untrained: 'Untrained',
    training: 'Training',
    paused: 'Paused',
    stopped: 'Stopped',
  },
  /** What the worker says it does. */
  doing: (what: string) => `${what}…`,
  /** What has ended training by itself, and what another press of Train does. */
  ended: (reason: StopReason, { epochs, minutes, patience }: EndFacts): string => {
    switch (reason) {
      case 'epochs':
        return `Done: Train goes on for ${more(epochs, 'epoch', 'epochs')}`;
      case 'minutes':
        return `Time is up: Train goes on for ${more(minutes ?? 1, 'minute', 'minutes')}`;
      case 'patience':
        return `No better for ${patience ?? 'some'} measurements: Train gives it as many more`;
      default:
        return reason satisfies never;
    }
  },
  endedTip: (ended: string) => `${ended}.`,

  nothingYet: 'Nothing is trained yet: press Train, or take half a step at a time.',
  step: (step: string, total: string) => `step ${step} of ${total}`,
  epoch: (epoch: number, epochs: number) => `epoch ${count(epoch)} of ${count(epochs)}`,
  left: (duration: string) => `${duration} left`,
  /** As the tutorial prints it. */
  line: (epoch: number, step: string, steps: number, d: string, g: string) =>
    `>${epoch}, ${step}/${steps}, d=${d}, g=${g}`,
  halfSteps: 'Half-steps:',
  ofDiscriminator: (halfSteps: string) => `D×${halfSteps}`,
  ofGenerator: (halfSteps: string) => `G×${halfSteps}`,
  accelerator: (backend: string, detail: string) => `${backend}, ${detail}`,
  images: (dataset: string, images: number) => `${dataset}, ${count(images)} images`,
  notFetched: (dataset: string) => `${dataset}, not fetched yet`,
  /** The widest that numbers get whose room is kept. */
  widest: { speed: '88.8 s a step', left: '88 min left' },

  announced: (step: number, total: number, left: string | null) =>
    `Training: step ${count(step)} of ${count(total)}${left === null ? '' : `, ${left} left`}`,
  tab: (share: string) => `${share} · Ganvas`,
};

export const meanings = {
  title: 'What do these numbers mean?',
  terms: {
    step: 'Step',
    epoch: 'Epoch',
    halfSteps: 'D×12 G×12',
    speed: 'Steps/s',
    left: 'Time left',
    line: '>1, 2/937, d=…',
    accelerator: 'Accelerator',
    dataset: 'Dataset',
  },
  step: 'A step trains the discriminator once and the generator once; ½ is the step of one of them. The run ends after the last epoch’s last step.',
  epoch: 'An epoch is as many steps as it takes to go through as many images as the dataset has.',
  halfSteps:
    'How many half-steps the discriminator and the generator have taken: as many as there are steps, unless one was trained alone.',
  speed: 'How fast it trains here, over the last seconds.',
  left: 'How long the rest takes at this rate.',
  line: 'The line that the tutorial prints: epoch, step in the epoch, the discriminator’s loss and the generator’s, in nats. Both at 0.693 (ln 2) is a draw.',
  dataset: 'The images that count as real.',
};
