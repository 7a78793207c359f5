// Run ids: no two alike, in however many tabs.

/** Two tabs may begin a run in the same millisecond. */
export const newRunId = (): string =>
  `${Date.now().toString(36)}-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
