// What the page's worker tells it, noted in the page for the soak to read. Sent to the browser as it stands.

export interface Told {
  backend: string | null;
  state: string;
  /** Runs that were made or taken up on this visit, and where the last of them stood then. */
  starts: number;
  firstStep: number;
  /** Steps reported since then. */
  stepsSinceStart: number;
  /** The step of the newest save. */
  kept: number | null;
  /** When the newest worker that trains was started, by the page's clock. */
  since: number;
  use: { tensors: number; leaked: number | null } | null;
  /** Whether the classifier is on the device beside the networks: from the first measurement of quality on. */
  classifier: boolean;
}

/** Before anything of the page runs. */
export function watchWorker(): void {
  const told: Told = {
    backend: null,
    state: 'empty',
    starts: -1,
    firstStep: 0,
    stepsSinceStart: 0,
    kept: null,
    since: 0,
    use: null,
    classifier: false,
  };
  Object.assign(globalThis, { told });
  const note = (data: { kind?: string; name?: string; payload?: never; ok?: boolean }): void => {
    const payload = data.payload as unknown as Record<string, never> | null;
    if (data.kind === 'reply' && data.ok && payload !== null && 'gridLatents' in payload && 'backend' in payload) {
      const description = payload as unknown as { backend: { name: string } };
      told.backend = description.backend.name;
      told.starts += 1;
      told.stepsSinceStart = 0;
      told.use = null;
      told.classifier = false;
    }
    if (data.kind !== 'event' || payload === null) return;
    if (data.name === 'state') told.state = (payload as unknown as { state: string }).state;
    if (data.name === 'saved') told.kept = (payload as unknown as { head: { step: number } }).head.step;
    if (data.name === 'realQuality' && !told.classifier) {
      told.classifier = true;
      told.use = null;
    }
    if (data.name === 'performance') told.use = payload as unknown as Told['use'];
    if (data.name === 'trainingStatus') {
      const { step } = payload as unknown as { step: number };
      if (told.state === 'training') told.stepsSinceStart += 1;
      else told.firstStep = step;
    }
  };
  const Real = globalThis.Worker;
  globalThis.Worker = class extends Real {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      if (/\/entry-/.test(String(given[0]))) told.since = performance.now();
      this.addEventListener('message', ({ data }) => note(data));
    }
  };
}
