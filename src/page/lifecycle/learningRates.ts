// The two settings that change while a run goes on: sent when they differ from what the run has, as soon as it can take
// them.
import type { Requests } from '../../protocol/messages.ts';
import { isAllowed } from '../../protocol/states.ts';
import type { PageStore } from '../state/store.ts';

export interface LearningRates {
  /** Sends them if need be: to be called whenever the settings, the run or its state change. */
  send(): void;
  forget(): void;
}

export function learningRates(
  store: PageStore,
  request: (rates: Requests['setLearningRates']['send']) => Promise<unknown>,
  fail: (error: unknown) => void,
): LearningRates {
  /** What the worker has, as far as is known. */
  let known = { workerRun: '', discriminator: 0, generator: 0 };
  return {
    send() {
      const { session, config, description } = store.getState();
      if (description === null || !isAllowed('setLearningRates', session)) return;
      if (known.workerRun !== description.workerRun) {
        const { discriminatorLearningRate: discriminator, generatorLearningRate: generator } = description.config;
        known = { workerRun: description.workerRun, discriminator, generator };
      }
      const rates = { discriminator: config.discriminatorLearningRate, generator: config.generatorLearningRate };
      if (rates.discriminator === known.discriminator && rates.generator === known.generator) return;
      known = { workerRun: description.workerRun, ...rates };
      request(rates).catch((error: unknown) => {
        known = { workerRun: '', discriminator: 0, generator: 0 };
        fail(error);
      });
    },
    forget() {
      known = { workerRun: '', discriminator: 0, generator: 0 };
    },
  };
}
