// The policy of recovery, as a table: which failures another worker answers, where, and when no more.
import { describe, expect, it } from 'vitest';
import { GanvasError } from '../../src/config/errors.ts';
import { nothingFailed, planRecovery, type Situation } from '../../src/page/lifecycle/recoveryPolicy.ts';
import type { BackendName, Measurement } from '../../src/protocol/devices.ts';

const offer = (name: BackendName, available = true) => ({
  name,
  available,
  emulated: false,
  detail: { on: 'device', name: '' } as const,
});
const measured = (name: BackendName, quick: number): Measurement => ({
  name,
  detail: { on: 'device', name: '' },
  emulated: false,
  passed: true,
  why: null,
  msPerStep: { quick, light: null, tutorial: null },
  msInTraining: { quick: null, light: null, tutorial: null },
});
const situation: Situation = {
  now: 1_000_000,
  backend: 'webgl',
  accelerator: 'automatic',
  offers: [offer('webgpu', false), offer('webgl'), offer('wasm'), offer('cpu')],
  measurements: [measured('webgl', 5), measured('wasm', 30), measured('cpu', 900)],
};
const lost = new GanvasError('gpu-lost', {});

describe('a failure', () => {
  it.each([
    ['a lost GPU', lost],
    ['a crashed worker', new GanvasError('worker-crashed', { message: 'boom' })],
    ['a silent worker', new GanvasError('worker-silent', {})],
    ['too little memory', new GanvasError('device-memory', {})],
  ])('of %s is answered by another worker on the same accelerator', (_, error) => {
    expect(planRecovery(error, situation, nothingFailed)?.accelerator).toBe('automatic');
  });

  it.each([
    ['bad numbers', new GanvasError('number-broken', { weight: 'a', value: 'infinite' })],
    ['wrong settings', new GanvasError('settings-missing', {})],
    ['what is no error of ours', new Error('boom')],
  ])('of %s is not', (_, error) => {
    expect(planRecovery(error, situation, nothingFailed)).toBeNull();
  });

  it('before any run has stood is not: what is wrong is wrong from the start', () => {
    expect(planRecovery(lost, { ...situation, backend: null }, nothingFailed)).toBeNull();
  });

  it('of the same backend for the second time moves to the fastest of the others', () => {
    const first = planRecovery(lost, situation, nothingFailed);
    const second = planRecovery(lost, situation, first?.history ?? nothingFailed);
    expect(second?.accelerator).toBe('wasm');
  });

  it('of the last backend there is goes on with it', () => {
    const alone = { ...situation, backend: 'cpu', accelerator: 'cpu', offers: [offer('cpu')] } as const;
    const first = planRecovery(lost, alone, nothingFailed);
    expect(planRecovery(lost, alone, first?.history ?? nothingFailed)?.accelerator).toBe('cpu');
  });

  it('for the fifth time in two minutes is not, and later is', () => {
    let history = nothingFailed;
    for (let i = 0; i < 4; i++) history = planRecovery(lost, situation, history)?.history ?? nothingFailed;
    expect(history.recoveries).toHaveLength(4);
    expect(planRecovery(lost, situation, history)).toBeNull();
    expect(planRecovery(lost, { ...situation, now: situation.now + 120_001 }, history)).not.toBeNull();
  });
});
