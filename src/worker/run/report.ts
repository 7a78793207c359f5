// What a run tells while it goes on, and how often: its numbers and its digits to the page, its weights to the worker
// that draws.
import { GanvasError } from '../../config/errors.ts';
import type { Metrics } from '../../config/history.ts';
import { fixed, type RunConfig } from '../../config/run.ts';
import type { Trainer } from '../../gan/training/trainer.ts';
import type { TrainingStatus } from '../../protocol/messages.ts';
import type { StepRow } from '../../quality/diagnosis.ts';
import type { Emit } from '../shared/emit.ts';
import { yieldToMessages } from '../shared/yieldToMessages.ts';
import { MachineWatch } from './machineUse.ts';
import { metricsOf } from './metrics.ts';
import type { ShownWeights } from './shownWeights.ts';
import type { Snapshots } from './snapshots.ts';

/** The run as its report sees it. */
export interface Reported {
  readonly workerRun: string;
  readonly config: RunConfig;
  readonly trainer: Trainer;
  readonly gridLatents: Float32Array<ArrayBuffer>;
  /** Steps taken here, not those that opened weights have seen. */
  readonly stepsTaken: number;
  /** Whether a step is only partly done. */
  readonly isMidStep: boolean;
  standing(): TrainingStatus;
}

const metricsEveryMs = 100;
const gridEveryMs = 1_000;
/** As far back as the diagnosis looks. */
const recentSteps = 200;

export class RunReport {
  readonly #run: Reported;
  readonly #emit: Emit;
  readonly #snapshots: Snapshots;
  readonly #shown: ShownWeights;
  readonly #machine = new MachineWatch();
  #recent: readonly StepRow[] = [];
  #metricsAt = Number.NEGATIVE_INFINITY;
  #gridAt = Number.NEGATIVE_INFINITY;
  /** After how many half-steps the worker which draws was last offered the weights, and which of them. */
  #offered: string | null = null;
  /** Ends the drawing of the grid that goes on while nothing else does. */
  #showing = new AbortController();

  constructor(run: Reported, emit: Emit, { snapshots, shown }: { snapshots: Snapshots; shown: ShownWeights }) {
    this.#run = run;
    this.#emit = emit;
    this.#snapshots = snapshots;
    this.#shown = shown;
  }

  /** The newest steps' losses and accuracies, oldest first. */
  get recent(): readonly StepRow[] {
    return this.#recent;
  }

  /** Another past than that which was told: of a run that is taken up again, or goes back. */
  recall(metrics: Metrics): void {
    this.#recent = [];
    this.#remember(metrics);
  }

  /** What is due between two steps. @returns whether anything was */
  async due(signal: AbortSignal): Promise<boolean> {
    const now = performance.now();
    const numbersDue = now - this.#metricsAt >= metricsEveryMs;
    const gridDue = now - this.#gridAt >= gridEveryMs;
    if (numbersDue) await this.numbers();
    if (gridDue) await this.grid(signal);
    return numbersDue || gridDue;
  }

  /** @throws GanvasError 'non-finite-loss' naming the loss and the step */
  async numbers(): Promise<void> {
    const scores = await this.#run.trainer.takeScores();
    this.#metricsAt = performance.now();
    if (scores.length > 0) {
      const metrics = metricsOf(scores);
      this.#remember(metrics);
      this.#emit('metrics', metrics);
    }
    const standing = this.#run.standing();
    this.#emit('trainingStatus', standing);
    // In the midst of a step there are more tensors than between two.
    const use = this.#run.isMidStep
      ? null
      : this.#machine.look(this.#metricsAt, this.#run.stepsTaken, standing.stepsPerSecond);
    if (use) this.#emit('performance', use);
    const broken = scores.find(({ loss }) => !Number.isFinite(loss));
    if (broken) {
      const { network, loss, step } = broken;
      throw new GanvasError('loss-broken', { network, value: Number.isNaN(loss) ? 'not-a-number' : 'infinite', step });
    }
  }

  /**
   * The grid with the weights as they are, and these weights to the worker that draws. Nothing when `signal` aborts.
   */
  async grid(signal: AbortSignal): Promise<void> {
    const { trainer, gridLatents } = this.#run;
    const { step, half } = this.#run.standing();
    const between = async (): Promise<void> => {
      await yieldToMessages();
      signal.throwIfAborted();
    };
    try {
      const { pixels, realness } = await trainer.draw(gridLatents, between, this.#shown.chosen);
      signal.throwIfAborted();
      const bytes = Uint8Array.from(pixels, (value) => Math.round(value * 255));
      this.#gridAt = performance.now();
      this.#emit('grid', { step, half, pictures: { pixels: bytes, count: fixed.gridTiles }, realness });
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    this.#offerWeights();
  }

  /** The next grid does not wait for its time. */
  hurryGrid(): void {
    this.#gridAt = Number.NEGATIVE_INFINITY;
  }

  /** The grid when work has ended; `hush` ends it. */
  lastGrid(): Promise<void> {
    this.#showing = new AbortController();
    return this.grid(this.#showing.signal);
  }

  /** Work begins, or the run is over: what is still being drawn is not waited for. */
  hush(): void {
    this.#showing.abort();
  }

  #remember(metrics: Metrics): void {
    const { discriminatorLoss, generatorLoss, accuracyReal, accuracyFake } = metrics;
    const from = Math.max(0, metrics.steps.length - recentSteps);
    const rows = Array.from(metrics.steps.subarray(from), (step, at) => {
      const i = from + at;
      return {
        step,
        discriminatorLoss: discriminatorLoss[i] ?? Number.NaN,
        generatorLoss: generatorLoss[i] ?? Number.NaN,
        accuracyReal: accuracyReal[i] ?? Number.NaN,
        accuracyFake: accuracyFake[i] ?? Number.NaN,
      };
    });
    this.#recent = [...this.#recent, ...rows].slice(-recentSteps);
  }

  #offerWeights(): void {
    const { workerRun, config, trainer } = this.#run;
    const drawnWith = this.#shown.chosen;
    const offered = `${trainer.halfSteps} ${drawnWith}`;
    if (this.#offered === offered) return;
    this.#offered = offered;
    this.#snapshots.offer(async () => ({
      workerRun,
      step: trainer.step,
      config,
      weights: await trainer.packedWeights(drawnWith),
    }));
  }
}
