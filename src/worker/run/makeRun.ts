// How a run comes into being: the accelerator is started, the networks are built on it, and the first digits are drawn.
import type { DatasetId } from '../../config/datasets.ts';
import { GanvasError } from '../../config/errors.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Accelerator, Measure } from '../../protocol/devices.ts';
import type { RunDescription } from '../../protocol/messages.ts';
import type { Backends } from '../device/backend.ts';
import type { Emit } from '../shared/emit.ts';
import { currentDevice } from '../shared/gpuQueue.ts';
import { type Beginning, Run, type RunServices } from './run.ts';

export interface WantedRun {
  readonly workerRun: string;
  readonly config: RunConfig;
  readonly accelerator: Accelerator;
  readonly dataset: DatasetId;
  readonly beginning?: Beginning;
  readonly measure?: Measure | undefined;
  /** Its digits are not drawn before training draws some. */
  readonly thenTrain?: boolean | undefined;
}

/** What a run is made with. */
export interface RunParts {
  readonly backends: Backends;
  readonly services: Omit<RunServices, 'workerRun' | 'noteSpeed' | 'backend'>;
  readonly emit: Emit;
  /** Tells what is true of the device, whichever run it was found out for. */
  readonly emitOfDevice: Emit;
}

/**
 * The caller disposes the run; when this throws, there is none.
 * @throws GanvasError 'cancelled' when `signal` aborts, or what the accelerator or the weights meet
 */
export async function makeRun(
  { workerRun, config, accelerator, dataset, beginning, measure, thenTrain = false }: WantedRun,
  { backends, services, emit, emitOfDevice }: RunParts,
  signal: AbortSignal,
): Promise<{ run: Run; description: RunDescription }> {
  const throwIfOver = () => {
    if (signal.aborted) throw new GanvasError('another-run', {});
  };
  const backend = await backends.start(accelerator, {
    config,
    measure,
    signal,
    onTrying: (name) => emit('progress', { stage: 'measuring', backend: name }),
    onCalibration: (found) => emitOfDevice('calibration', found),
  });
  throwIfOver();
  emit('progress', { stage: 'building' });
  services.pacer.use(backend.name, currentDevice());
  const noteSpeed: RunServices['noteSpeed'] = (preset, ms) => {
    const found = backends.noteTraining(preset, ms);
    if (found !== null) emitOfDevice('calibration', found);
  };
  const run = new Run(config, dataset, emit, { ...services, workerRun, noteSpeed, backend: backend.name }, beginning);
  try {
    await run.publishStart(signal, { digits: !thenTrain });
    throwIfOver();
  } catch (error) {
    run.dispose();
    throw error;
  }
  return {
    run,
    description: { workerRun, runId: run.runId, config, backend, gridLatents: run.gridLatents.slice() },
  };
}
