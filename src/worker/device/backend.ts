// Starting tfjs's backends: checks each before it is used, chooses for Automatic from what was measured, tells when one
// breaks.
import * as tf from '@tensorflow/tfjs';
import { setWebGLContext } from '@tensorflow/tfjs-backend-webgl';
import { type Failure, failureOf, GanvasError } from '../../config/errors.ts';
import type { PresetName } from '../../config/presets.ts';
import type { RunConfig } from '../../config/run.ts';
import { installWebglKernels } from '../../gan/ops/webgl/install.ts';
import type {
  Accelerator,
  BackendDetail,
  BackendInUse,
  BackendName,
  BackendOffer,
  BackendReason,
  Calibration,
  Measure,
  MeasurementNote,
} from '../../protocol/devices.ts';
import type { Checked, Events } from '../../protocol/messages.ts';
import { isGpu } from '../../protocol/pace.ts';
import { yieldToMessages } from '../shared/yieldToMessages.ts';
import { type Bench, calibrate } from './calibration.ts';
import { DeviceProfile } from './deviceProfile.ts';
import { findDevices } from './devices.ts';
import { selfTest } from './selfTest.ts';
import { type SelfTestStep, selfTestStepFor, selfTestSteps } from './selfTestSteps.ts';
import { timedTrainers } from './timedTrainer.ts';
import { startWasm } from './wasm.ts';
import { startWebGpu } from './webgpu.ts';

export interface StartOptions {
  /** What is to be trained: the backend is checked with networks of that kind. Without it, with all kinds. */
  readonly config?: RunConfig;
  /** Measure before, although it is known already. */
  readonly measure?: Measure | undefined;
  /** Ends measuring. */
  readonly signal?: AbortSignal;
  readonly onTrying?: (name: BackendName) => void;
  readonly onCalibration?: (found: Events['calibration']) => void;
}

interface Started {
  readonly detail: BackendDetail;
  /** The checks that it need not pass again: an emulated GPU takes seconds for each. */
  readonly passed: Set<SelfTestStep>;
}

/** The backends of one worker. A session is given this; tests may give it another. */
export interface Backends {
  readonly offers: readonly BackendOffer[];
  /** Whether a real GPU can be had. */
  readonly hasGpu: boolean;
  /** What was measured of this device, by this worker or an earlier one; null while nothing was. */
  readonly calibration: Calibration | null;
  /** What Automatic makes of that, and why. */
  readonly automatic: BackendInUse | null;
  /** Takes over what the page has kept, if it is of this device. */
  remember(kept: unknown): void;
  /** Takes the word of the worker before for a backend, while it runs on the same device. */
  trust(checked: Checked): void;
  /**
   * What a step of a preset took in a run on the backend in use. @returns what is known now, or null: that was no news
   */
  noteTraining(preset: PresetName, ms: number): Events['calibration'] | null;
  /**
   * Starts a backend, checks that it computes rightly, and makes it tfjs's current one. Quick when it runs already.
   * Where
   * Automatic has to choose and nothing is known, the backends are measured first: no run must need tfjs meanwhile.
   * @throws GanvasError 'no-webgpu', 'no-webgl', 'no-wasm' or 'wrong-accelerator', or 'cancelled'; the backend before
   * stays current.
   */
  start(accelerator: Accelerator, options?: StartOptions): Promise<BackendInUse>;
}

/**
 * Looks what the browser has, without starting a backend. `onLost` is called when the GPU in use is taken away, or its
 * results are not to be trusted any more.
 */
export async function findBackends(onLost: (error: GanvasError) => void): Promise<Backends> {
  const { candidates, webgl, wasmThreads, fingerprint } = await findDevices();
  const running = new Map<BackendName, Started>();
  /** What has passed in the worker before. */
  let trusted: Checked | null = null;
  const broken = new Map<BackendName, GanvasError>();
  const known = new DeviceProfile(candidates, fingerprint);
  /** GPUs that have been measured and not been used. */
  const onlyMeasured = new Set<BackendName>();
  let inUse: BackendName | null = null;

  const breaking = (name: BackendName) => (error: GanvasError) => {
    broken.set(name, error);
    if (inUse === name) onLost(error);
  };

  webgl?.canvas.addEventListener('webglcontextlost', () => breaking('webgl')(new GanvasError('gpu-lost', {})));
  let destroyDevice = () => {};

  /** Starts a backend for the first time, and says what it runs on. */
  async function launch({ name, detail }: BackendOffer): Promise<BackendDetail> {
    if (name === 'webgpu') destroyDevice = await startWebGpu(breaking('webgpu'));
    if (name === 'webgl' && webgl) {
      setWebGLContext(2, webgl.context);
      installWebglKernels();
    }
    if (name === 'wasm' && (await startWasm(wasmThreads)) < wasmThreads) {
      return { on: 'threads', simd: true, threads: 1, limit: 'not-started' };
    }
    return detail;
  }

  /** The check that a backend has passed in the worker before, if any. */
  function passedBefore(name: BackendName, detail: BackendDetail): SelfTestStep | null {
    if (trusted?.backend.name !== name || !isSame(trusted.backend.detail, detail)) return null;
    return selfTestStepFor(trusted.config);
  }

  /** Starts one backend, if need be, and says what it runs on. */
  async function startOne(name: BackendName, steps: readonly SelfTestStep[]): Promise<BackendDetail> {
    const candidate = candidates.find((one) => one.name === name);
    if (!candidate?.available) throw absence(name);
    const before = running.size > 0 ? tf.getBackend() : null;
    try {
      const started = running.get(name) ?? { detail: await launch(candidate), passed: new Set<SelfTestStep>() };
      // What fails its check now may pass it the next time: its threads are not started once more for that.
      running.set(name, started);
      if (!(await tf.setBackend(name))) throw absence(name);
      for (const step of steps) {
        if (started.passed.has(step) || passedBefore(name, started.detail) === step) continue;
        await selfTest(name, step);
        started.passed.add(step);
      }
      const error = broken.get(name);
      if (error) throw error;
      return started.detail;
    } catch (error) {
      if (before !== null) await tf.setBackend(before);
      throw error;
    }
  }

  /** @throws GanvasError 'cancelled'; what was measured until then is known. */
  async function measureAll(measure: 'again' | 'all', options: StartOptions): Promise<void> {
    const { signal, onTrying, onCalibration } = options;
    const bench: Bench = {
      start(name) {
        if (isGpu(name) && !running.has(name)) onlyMeasured.add(name);
        return startOne(name, selfTestSteps);
      },
      trainer: timedTrainers(),
      pause: yieldToMessages,
      now: () => performance.now(),
    };
    const done = await calibrate(
      candidates,
      {
        measure,
        known: known.measurements,
        ...(signal && { signal }),
        onTrying: (name) => onTrying?.(name),
        onMeasured(measurements) {
          known.replace(measurements);
          onCalibration?.(known.found);
        },
      },
      bench,
    );
    if (!done) throw new GanvasError('measuring-cancelled', {});
  }

  /**
   * Lets go of a GPU that was only measured, with all that its backend keeps for tensors to come. It can start anew.
   */
  function release(name: BackendName): void {
    onlyMeasured.delete(name);
    if (!running.has(name)) return;
    const factory = tf.findBackendFactory(name);
    tf.removeBackend(name);
    tf.registerBackend(name, factory);
    running.delete(name);
    if (name === 'webgpu') destroyDevice();
  }

  /** The best that starts. One that fails is out, and why is said; what was never tried comes last. */
  async function startBest(steps: readonly SelfTestStep[], { onCalibration }: StartOptions): Promise<BackendInUse> {
    let first: { name: BackendName; cause: Failure; error: unknown } | null = null;
    for (;;) {
      const untriedOne = candidates.find(
        ({ name, available }) =>
          available && known.measurements.some((each) => each.name === name && each.passed === null),
      );
      const name = known.automatic?.name ?? untriedOne?.name;
      if (name === undefined) throw first?.error ?? absence('wasm');
      try {
        const detail = await startOne(name, steps);
        known.works(name, detail);
        const found = known.automatic;
        const chosen = found?.name === name ? found : { name, detail, reason: null };
        if (first === null) return { ...chosen, detail };
        const why: MeasurementNote = { note: 'failed', cause: first.cause };
        const reason: BackendReason = { because: 'failed', backend: first.name, why };
        const automatic = { ...chosen, detail, reason };
        onCalibration?.({ ...known.found, automatic, keep: false });
        return automatic;
      } catch (error) {
        const cause = failureOf(error);
        first ??= { name, cause, error };
        known.fails(name, cause);
      }
    }
  }

  async function start(accelerator: Accelerator, options: StartOptions = {}): Promise<BackendInUse> {
    inUse = null;
    const needed = accelerator === 'automatic' && !known.isEnough ? 'again' : 'none';
    const measure = options.measure ?? needed;
    if (measure !== 'none') await measureAll(measure, options);
    const steps = options.config ? [selfTestStepFor(options.config)] : selfTestSteps;
    const started: BackendInUse =
      accelerator === 'automatic'
        ? await startBest(steps, options)
        : { name: accelerator, detail: await startOne(accelerator, steps), reason: { because: 'chosen' } };
    inUse = started.name;
    onlyMeasured.delete(inUse);
    // Whoever has it measured anew wants what is best now: a GPU of an earlier choice goes, too.
    const idle = measure === 'none' ? [...onlyMeasured] : [...running.keys()].filter(isGpu);
    for (const name of idle) if (name !== inUse) release(name);
    return started;
  }

  return {
    offers: candidates,
    hasGpu: candidates.some(({ name, available, emulated }) => available && !emulated && isGpu(name)),
    get calibration() {
      return known.calibration;
    },
    get automatic() {
      return known.automatic;
    },
    remember: (kept) => known.remember(kept),
    trust(checked) {
      trusted = checked;
    },
    noteTraining: (preset, ms) => (inUse !== null && known.noteTraining(inUse, preset, ms) ? known.found : null),
    start,
  };
}

const isSame = (a: BackendDetail, b: BackendDetail): boolean => JSON.stringify(a) === JSON.stringify(b);

function absence(name: BackendName): GanvasError {
  if (name === 'webgpu') return new GanvasError('webgpu-absent', {});
  return new GanvasError(name === 'webgl' ? 'webgl-absent' : 'wasm-absent', {});
}
