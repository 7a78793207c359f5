// English: one digit in close-up, the numbers that it is made from, and the nearest real image.
import { format } from './format.ts';

const { count } = format;

const times = (ratio: string): string => `${ratio} times what is usual between a real image and the nearest other one`;

export const explore = {
  title: 'Explore a digit',
  empty: 'As soon as the networks are built, choose a tile of the grid and turn the numbers that it is made from.',
  explored: 'Explored digit',
  notYet: 'Drawn as soon as it can be.',
  /** Above `saysDiscriminator`. */
  real: (sure: string) => `${sure} real,`,
  saysDiscriminator: 'says the discriminator',
  realMeans: 'What the discriminator of this moment thinks: the probability, by it, that the picture is a real one.',
  random: 'Random digit',
  setA: 'Set as A',
  setAMeans: 'What is shown now becomes A, the start of the morph.',
  setB: 'Set as B',
  setBMeans: 'What is shown now becomes B, the end of the morph.',
  a: 'A',
  b: 'B',
  /** What A is. */
  sources: {
    tile: (digit: number) => `A is digit ${digit} of the grid.`,
    random: 'A is a random digit.',
    made: 'A is a digit of yours.',
  },
  turned: (numbers: number, turned: number) =>
    `Of the ${numbers} numbers shown, ${turned} ${turned === 1 ? 'is' : 'are'} turned by hand.`,
  strip: 'The numbers that the digit is made from. Press one to turn it.',
  dimension: 'Latent dimension',
  dimensionMeans: (size: number) => `Which of the ${size} numbers the slider turns: 1 to ${size}.`,
  dimensionRange: (size: number) => `1 to ${size}`,
  value: 'Latent value',
  valueMeans: 'Each number is drawn from the standard normal distribution: 0 on average, seldom beyond ±2.',
  undo: 'Undo turns',
  morph: 'Morph',
  morphAt: (share: string) => `${share} of the way from A to B`,
  morphMeans: 'Along the sphere from A to B: latents of about the same length all the way.',

  nearest: 'Nearest real image',
  looking: 'Looking…',
  realComeWithTrain: 'The real images come with the first press of Train.',
  ofStep: (step: number) => `Of the digit at step ${count(step)}:`,
  allAlike: 'The real images are all alike: nothing can be said.',
  nearlyCopy: (ratio: string) => `Nearly a copy: its distance is ${times(ratio)}.`,
  likeReal: (ratio: string) => `A digit of its own: its distance is ${times(ratio)}.`,
  unlike: (ratio: string) => `Unlike any of them: its distance is ${times(ratio)}.`,
};
