// Training on WebGL runs on the shaders: portable kernels would give the same numbers, only slower.
import { expect } from 'vitest';
import { findBackends } from '../../src/worker/device/backend.ts';
import { nightly } from '../support/long.ts';
import { startUnchecked } from '../support/startUnchecked.ts';
import { customKernelsOfTraining, registered } from './customKernelCases.ts';

nightly('a training step on WebGL runs every custom kernel that WebGL registers', async () => {
  const backends = await findBackends((error) => {
    throw error;
  });
  await startUnchecked(backends, 'webgl');
  expect(await customKernelsOfTraining()).toEqual(
    registered([
      'adamStep',
      'channelMoments',
      'conv2d',
      'conv2dInputGradient',
      'crossEntropy',
      'crossEntropyGradient',
      'dropout',
      'flatten',
      'normalisationInputGradient',
      'normalisationSums',
      'normalise',
      'patches',
      'sigmoidGradient',
      'sumBatch',
      'sumMatrices',
      'sumPositions',
      'tapInputs',
      'upload',
      'weightedSum',
      'zeros',
    ]),
  );
});
