// What a run tells of its quality: that the first measurement takes longer is said, and only then.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Dataset } from '../../src/data/dataset.ts';
import { RandomBatches } from '../../src/gan/training/batches.ts';
import { Trainer } from '../../src/gan/training/trainer.ts';
import type { Progress } from '../../src/protocol/messages.ts';
import { progress } from '../../src/ui/words/en/progress.ts';
import { Judge } from '../../src/worker/quality/judge.ts';
import { QualityReport } from '../../src/worker/quality/qualityReport.ts';
import type { Emit } from '../../src/worker/shared/emit.ts';
import { currentDevice } from '../../src/worker/shared/gpuQueue.ts';
import { tiny } from '../support/configs.ts';

vi.mock('../../src/worker/shared/gpuQueue.ts', () => ({ currentDevice: vi.fn() }));

const images = Uint8Array.from({ length: 64 * 784 }, (_, i) => (i * 7919) % 256);
/** No digits: what needs no classifier is measured. */
const dataset: Dataset = {
  info: { id: 'own', label: 'Own', count: 64, origin: { from: 'drawn' } },
  images,
  labels: null,
};

beforeAll(() => tf.setBackend('cpu'));

describe('the first measurement', () => {
  it.each([
    ['a GPU, whose driver compiles for it, is a state of its own, which ends with it; the next ones are none', true],
    ['the processor is none', false],
  ])('on %s', async (_, isGpu) => {
    vi.mocked(currentDevice).mockReturnValue(isGpu ? { mark: () => async () => {} } : null);
    const told: string[] = [];
    const emit: Emit = (name, payload) => {
      told.push(name === 'progress' ? `progress ${payload === null ? 'ended' : progress(payload as Progress)}` : name);
    };
    const trainer = new Trainer(tiny, new RandomBatches(tiny, images));
    const report = new QualityReport(trainer, dataset, emit, new Judge());
    const { signal } = new AbortController();
    expect(await report.look(1, [], signal)).toBeNull();
    expect(told).toEqual([]);
    expect(await report.look(3, [], signal)).not.toBeNull();
    const measured = ['realQuality', 'quality', 'findings'];
    expect(told).toEqual(
      isGpu ? ['progress Measuring the digits for the first time', ...measured, 'progress ended'] : measured,
    );
    told.length = 0;
    expect(await report.look(1e6, [], signal)).not.toBeNull();
    expect(told).toEqual(['quality', 'findings']);
    report.dispose();
    trainer.dispose();
  });
});
