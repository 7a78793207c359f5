// English: what training takes of the machine.
import { format } from './format.ts';

const { count } = format;

export const performance = {
  title: 'Performance',
  numbersMean: 'What do the numbers of the performance mean?',
  quantities: {
    time: {
      label: 'Time of a step',
      means:
        'From one step’s end to the next, with all that the page is told in between; the mean of the last seconds.',
    },
    steps: { label: 'Steps', means: 'Training steps a second, each of both networks.' },
    arithmetic: {
      label: 'Arithmetic',
      means:
        'Billions of floating-point operations a second: those of a step, counted from the layers’ shapes, times the steps a second.',
    },
    tensors: {
      label: 'Tensors',
      means: 'Arrays of numbers that the networks and the optimizers hold between two steps. They should stay as many.',
    },
    held: { label: 'Held', means: 'Bytes in these tensors. They should stay as many, too.' },
    reserved: {
      label: 'Reserved',
      means: 'Bytes taken from the device: those held, and what is kept for a step’s tensors that come and go.',
    },
  },
  milliseconds: (amount: string) => `${amount} ms`,
  aSecond: (amount: string) => `${amount} /s`,
  gigaflops: (amount: string) => `${amount} GFLOP/s`,
  memoryUnknown: 'Whether memory stays steady is known from the third step on.',
  memoryGrows: (tensors: number) =>
    `Tensors keep growing, ${count(tensors)} more than after the third step: memory will run out in the end. Download the weights, then press Reset.`,
  memorySteady: 'Memory is steady: no more tensors than after the third step.',
};
