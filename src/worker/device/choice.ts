// What Automatic chooses, from what was measured: the fastest right backend, and a real GPU's WebGL unless WebGPU is clearly faster.
import { type PresetName, presets } from '../../config/presets.ts';
import type { BackendInUse, BackendName, BackendReason, Measurement } from '../../protocol/devices.ts';
import { isSlow } from './calibration.ts';

/** How many times faster than WebGL on a real GPU WebGPU must be: it is younger, and breaks more often. */
export const webgpuAdvantage = 1.2;

const presetNames = Object.keys(presets) as PresetName[];

/** How many times faster `a` is than `b`, over the presets that were measured on both; null if there is none. */
export function timesFaster(a: Measurement, b: Measurement): number | null {
  const logs = presetNames.flatMap((preset) => {
    const [msA, msB] = [a.msPerStep[preset], b.msPerStep[preset]];
    return msA !== null && msB !== null ? [Math.log(msB / msA)] : [];
  });
  return logs.length === 0 ? null : Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
}

const isTimed = ({ msPerStep }: Measurement): boolean => presetNames.some((preset) => msPerStep[preset] !== null);

/** Whether it was timed and is no makeshift, and nothing is known of the other's speed, as where that was too slow to time. */
const isSurer = (challenger: Measurement, champion: Measurement): boolean =>
  isTimed(challenger) && !isTimed(champion) && !isSlow(challenger);

/** What is used where nothing is known of speeds: the smaller the better. */
function precedence({ name, emulated }: Measurement): number {
  const order: readonly BackendName[] = emulated ? ['webgl', 'webgpu'] : ['webgl', 'webgpu', 'wasm'];
  return name === 'cpu' ? 9 : order.indexOf(name) + (emulated ? 5 : 0);
}

/** How much faster a challenger must be to take the place of the one that would be used without it. */
function advantage(challenger: Measurement, champion: Measurement): number {
  const bothReal = !challenger.emulated && !champion.emulated;
  return bothReal && challenger.name === 'webgpu' && champion.name === 'webgl' ? webgpuAdvantage : 1;
}

/** null when no backend has passed. */
export function chooseAutomatically(measurements: readonly Measurement[]): BackendInUse | null {
  const passed = measurements.filter((each) => each.passed === true).sort((a, b) => precedence(a) - precedence(b));
  let chosen = passed[0];
  if (!chosen) return null;
  for (const challenger of passed.slice(1)) {
    const times = timesFaster(challenger, chosen);
    const needed = advantage(challenger, chosen);
    const wins = times === null ? isSurer(challenger, chosen) : needed > 1 ? times >= needed : times > 1;
    if (wins) chosen = challenger;
  }
  const { name, detail } = chosen;
  return { name, detail, reason: reasonFor(chosen, passed, measurements) };
}

function reasonFor(chosen: Measurement, passed: readonly Measurement[], all: readonly Measurement[]): BackendReason {
  const rival = passed
    .filter((each) => each !== chosen && timesFaster(chosen, each) !== null)
    .sort((a, b) => (timesFaster(chosen, a) ?? 0) - (timesFaster(chosen, b) ?? 0))[0];
  if (rival) {
    const times = timesFaster(chosen, rival) ?? 1;
    // Only WebGPU has to be more than faster.
    if (times < 1) return { because: 'webgpu-not-faster', times: webgpuAdvantage };
    const [one, another] = [chosen.msPerStep, rival.msPerStep];
    const onAverage = presetNames.filter((preset) => one[preset] !== null && another[preset] !== null).length > 1;
    return { because: 'faster', backend: rival.name, times, onAverage };
  }
  const untimed = passed.find((each) => isSurer(chosen, each));
  if (untimed !== undefined) {
    return { because: 'untimed', backend: untimed.name, why: untimed.why };
  }
  const of = (name: BackendName) => all.find((each) => each.name === name);
  const [webgl, wasm] = [of('webgl'), of('wasm')];
  switch (chosen.name) {
    case 'webgpu':
    case 'webgl':
      if (!chosen.emulated) return { because: 'gpu', backend: chosen.name };
      return failed(wasm) ?? { because: 'no-wasm' };
    case 'wasm':
      if (webgl?.emulated && webgl.passed === null) return { because: 'webgl-emulated' };
      return failed(webgl) ?? { because: 'no-webgl' };
    case 'cpu':
      return failed(wasm) ?? failed(webgl) ?? { because: 'nothing-else' };
    default:
      return chosen.name satisfies never;
  }
}

const failed = (one: Measurement | undefined): BackendReason | null =>
  one?.passed === false ? { because: 'failed', backend: one.name, why: one.why } : null;
