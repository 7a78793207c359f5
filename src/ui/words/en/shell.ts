// English: the frame around the panels: header, footer, dropped files, new versions, and what a broken part says.
import { format } from './format.ts';

const { count } = format;

/** What a part of the page is called where it could not be drawn. */
const parts = {
  status: 'the status',
  controls: 'the controls',
  digits: 'the digits',
  curves: 'the curves',
  quality: 'the quality',
  exploration: 'the exploration',
  runs: 'the runs',
  performance: 'the performance',
  explanation: 'the explanation',
};

export const shell = {
  /** Of the browser's tab. */
  pageTitle: 'Ganvas: a GAN learns to write digits, in your browser',
  name: 'Ganvas',
  line: 'a GAN learns to write digits, in your browser',
  switchTheme: { light: 'Switch to the light theme', dark: 'Switch to the dark theme' },
  footer: 'Everything happens in this page: the images, the networks and what they learn stay on your machine.',
  opensOffline: 'It is kept in this browser and opens without a network, too.',
  notOffline: 'This browser does not keep it.',
  drop: 'Drop images to look at them first, or a zip of weights to go on from it.',
  dismiss: 'Dismiss',
  /** On the button of an explanation. */
  questionMark: '?',

  parts,
  notDrawn: (part: keyof typeof parts) => `This page could not draw ${parts[part]}:`,
  runGoesOn: 'The run goes on.',
  drawAgain: 'Draw again',

  newVersion: 'A new version is here.',
  moreThreads: 'Loaded once more, this page can train on every core.',
  load: 'Load it',
  loadMeans: { pauses: 'Pauses training, and asks before it ends the run.', atOnce: 'Loads the page anew.' },
  loadNow: 'Load it now',
  trainingPaused: 'Training is paused.',
  loadKeepsRun: 'The run is saved: the new page asks whether to continue it. Train goes on here.',
  loadEndsRun:
    'Loading ends this run: Runs keeps its curves and digits. Save the run first if you want to keep it; Train goes on here.',
};

export const ownImages = {
  title: 'Your own images',
  kinds:
    'IDX files (gz or not), one .npy or .npz of shape [n, 28, 28], or PNG and JPEG pictures: at least 64. Pictures are made grey, fitted to 28×28, and inverted where the background is light. They never leave this page.',
  first: 'The first of your images',
  found: (images: number, origin: string, inverted: number) =>
    `${count(images)} images from ${origin}; ${inverted === 0 ? 'none inverted' : `${count(inverted)} inverted`}. Ink should stand out from an empty background, as above.`,
  reading: 'Reading…',
  none: 'The first pictures appear here.',
  fewSteps: (steps: number, batch: number) =>
    `With the settings as they are, they make ${count(steps)} steps of ${count(batch)} images: too few to learn much. Raise Epochs, or press Train again after the last.`,
  endsRun: 'Using them ends the run in progress.',
  runIsKept: 'It can be continued from the list of runs.',
  runIsLost: 'Save it first to keep it.',
  choose: 'Choose files',
  cancel: 'Cancel',
  use: 'Use these images',
};
