// Everything that can go wrong by name, and what the user can do about each: one sentence a code.

/** What to do about each kind of failure. The error's own message says what happened; this says what to press or change. */
export const advice = {
  'bad-settings': 'Correct the setting; the value in use has not changed.',
  'bad-file': 'Choose another file, or save this one again from its source.',
  'wrong-shape': 'Choose images of 28×28 pixels in one channel.',
  'too-few-images': 'Choose at least 64 images.',
  'other-images': 'Choose the same files again, or press Reset to begin anew with these.',
  'images-away': 'Press Train again when there is a connection, or later; nothing of the run is lost.',
  'canvas-scrambled': 'Turn off its protection against fingerprinting for this page, or give the images as IDX or npy.',
  'too-large': 'Choose fewer or smaller files.',
  'too-many-steps': 'Download the weights to keep the networks; Reset begins a run that can be saved.',
  checksum: 'Try again; if it happens again, the copy at that address is not the official one.',
  http: 'Try again later, or train on the built-in digits.',
  network: 'Check the connection and try again, or train on the built-in digits.',
  stalled: 'Check the connection and try again, or train on the built-in digits.',
  cancelled: 'Press Train to start again.',
  'not-our-weights': 'Choose a zip that Download weights or Save run made.',
  'not-our-run': 'Choose a file that Save run made.',
  'weights-mismatch': 'Choose a zip that Download weights made and nobody changed.',
  'non-finite-weights': 'Choose weights of a run that did not diverge.',
  'non-finite-loss': 'Lower learning rates help, half of what they are, say.',
  'no-webgl': 'Choose another accelerator, or turn on hardware acceleration in the browser.',
  'no-webgpu': 'Choose another accelerator, or update the browser.',
  'no-wasm': 'Choose another accelerator, or update the browser.',
  'storage-full': 'Delete something under Runs, or save the run to a file.',
  'no-storage': 'Save the run to a file before the page is closed.',
  'no-classifier': 'Training goes on without it; reload the page to try again.',
  'no-worker': 'Update the browser, or allow workers for this page.',
  'wrong-accelerator': 'Choose another accelerator.',
  'accelerator-lost': 'Press Restart; if it happens again, choose another accelerator.',
  'out-of-memory': 'Choose fewer filters or a smaller batch, then press Reset.',
  recovered: 'Nothing needs to be done.',
  'recovered-slower': 'To go back to a faster one, load the page anew.',
  'not-now': 'Wait until it is possible, or pause first.',
  'worker-silent': 'Press Restart; the settings are kept.',
  'worker-crashed': 'Press Restart; the settings are kept.',
  'renderer-silent': 'Press Restart; training goes on meanwhile.',
  'renderer-crashed': 'Press Restart; training goes on meanwhile.',
  internal: 'Press Restart; if it happens again, please report it with the message above.',
} as const;

export type ErrorCode = keyof typeof advice;

/** An error whose message is one sentence for the user: what happened, to which file or setting, with which value. */
export class GanvasError extends Error {
  override readonly name = 'GanvasError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
