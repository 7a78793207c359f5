// The fuzzer's readers of what a browser has kept for the next visit, and what must hold of all that they take.

import { datasets } from '../../src/config/datasets.ts';
import { presets } from '../../src/config/presets.ts';
import { parseConfig } from '../../src/config/settings.ts';
import { recallChoices } from '../../src/page/preferences/rememberedChoices.ts';
import { readRecord, storedForm } from '../../src/page/runHistory/readRecord.ts';
import { bytesOf, lastOf, type RunRecord } from '../../src/page/state/runRecord.ts';
import * as device from '../../src/ui/words/en/device.ts';
import { recall } from '../../src/worker/device/rememberedCalibration.ts';
import { isTrue } from './byHand.ts';
import type { Bytes } from './mutate.ts';
import { device as seedDevice } from './seeds.ts';
import { refused } from './target.ts';

const textOf = (bytes: Bytes): string => new TextDecoder().decode(bytes);

/** As the page keeps them: a text under a name. */
export const choices = {
  read(bytes: Bytes) {
    const kept = textOf(bytes);
    Object.defineProperty(globalThis, 'localStorage', { value: { getItem: () => kept }, configurable: true });
    const recalled = recallChoices();
    return Object.keys(recalled).length > 0 ? recalled : refused;
  },
  check(bytes: Bytes, taken: ReturnType<typeof recallChoices>) {
    const kept = new Map(Object.entries(JSON.parse(textOf(bytes))));
    for (const [name, value] of Object.entries(taken)) isTrue(kept.get(name) === value, name);
    const { dataset, preset } = taken;
    isTrue(
      dataset === undefined || (Object.keys(datasets).includes(dataset) && dataset !== 'own'),
      `dataset ${dataset}`,
    );
    isTrue(preset === undefined || Object.keys(presets).includes(preset), `preset ${preset}`);
  },
};

export const calibration = {
  read(bytes: Bytes) {
    const kept = jsonOf(bytes);
    return kept === refused ? refused : (recall(kept, seedDevice) ?? refused);
  },
  check(_: Bytes, taken: NonNullable<ReturnType<typeof recall>>) {
    const names = taken.measurements.map(({ name }) => name).sort();
    isTrue(names.join() === 'cpu,wasm,webgl,webgpu' && taken.device === seedDevice, names.join());
    for (const { msPerStep, msInTraining, detail, why } of taken.measurements) {
      const texts = [device.detail(detail), why ? device.note(why) : ''];
      isTrue(
        texts.every((text) => text.length <= 2500),
        'a text without end',
      );
      for (const preset of Object.keys(presets) as (keyof typeof presets)[]) {
        for (const ms of [msPerStep[preset], msInTraining[preset]]) {
          isTrue(ms === null || (ms > 0 && ms < 1e6), `${ms} ms`);
        }
      }
    }
  },
};

export const record = {
  read(bytes: Bytes) {
    const kept = jsonOf(bytes, revive);
    return kept === refused ? refused : (readRecord(kept) ?? refused);
  },
  check(_: Bytes, taken: RunRecord) {
    // What the page does with a record.
    isTrue(new Intl.DateTimeFormat('en').format(taken.started) !== '', 'no date');
    isTrue(Number.isFinite(bytesOf(taken)), 'no size');
    for (const name of ['discriminatorLoss', 'accuracyFake'] as const) {
      const last = lastOf(taken, name);
      isTrue(last === null || Number.isFinite(last), name);
    }
    isTrue(parseConfig(taken.config).batch === taken.config.batch, 'settings');
    isTrue(readRecord(structuredClone(storedForm(taken))) !== null, 'what was taken is not taken again');
  },
};

function jsonOf(bytes: Bytes, reviver?: (name: string, value: unknown) => unknown): unknown {
  try {
    return JSON.parse(textOf(bytes), reviver);
  } catch {
    return refused;
  }
}

/** Typed arrays out of { $type, values }, where the values are numbers or how many there are. */
function revive(_: string, value: unknown): unknown {
  const { $type, values } = (value ?? {}) as { $type?: unknown; values?: unknown };
  if ($type === 'Uint8Array') return new Uint8Array(Math.min(1e6, Math.max(0, Number(values) || 0)));
  if (!Array.isArray(values)) return value;
  const numbers = values.map(Number);
  if ($type === 'Uint32Array') return Uint32Array.from(numbers);
  if ($type === 'Float32Array') return Float32Array.from(numbers);
  return value;
}
