// What Automatic chooses, from what was measured: the fastest right backend, and a real GPU's WebGL unless WebGPU is clearly faster.
import { type PresetName, presets } from '../../config/presets.ts';
import { type BackendInUse, type BackendName, backendLabels, type Measurement } from '../../protocol/devices.ts';
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
  return { name, detail, reason: `Chosen because ${because(chosen, passed, measurements)}.` };
}

function because(chosen: Measurement, passed: readonly Measurement[], all: readonly Measurement[]): string {
  const rival = passed
    .filter((each) => each !== chosen && timesFaster(chosen, each) !== null)
    .sort((a, b) => (timesFaster(chosen, a) ?? 0) - (timesFaster(chosen, b) ?? 0))[0];
  if (rival) {
    const times = timesFaster(chosen, rival) ?? 1;
    // Only WebGPU has to be more than faster.
    if (times < 1) return `this browser has a GPU for WebGL, and WebGPU is not ${webgpuAdvantage} times as fast`;
    const [one, another] = [chosen.msPerStep, rival.msPerStep];
    const several = presetNames.filter((preset) => one[preset] !== null && another[preset] !== null).length > 1;
    return `it is ${several ? 'on average ' : ''}${times.toFixed(1)} times as fast here as ${backendLabels[rival.name]}`;
  }
  const untimed = passed.find((each) => isSurer(chosen, each));
  if (untimed !== undefined) {
    const label = backendLabels[untimed.name];
    return untimed.why === null ? `the speed of ${label} is not known` : `${label} is slow here: ${untimed.why}`;
  }
  const of = (name: BackendName) => all.find((each) => each.name === name);
  const [webgl, wasm] = [of('webgl'), of('wasm')];
  switch (chosen.name) {
    case 'webgpu':
    case 'webgl':
      if (!chosen.emulated) return `this browser has a GPU for ${backendLabels[chosen.name]}`;
      return failed(wasm) ?? 'this browser has no WebAssembly';
    case 'wasm':
      if (webgl?.emulated && webgl.passed === null) {
        return 'WebGL is only emulated here; Measure all tries it, too';
      }
      return failed(webgl) ?? 'this browser has no usable WebGL';
    case 'cpu':
      return failed(wasm) ?? failed(webgl) ?? 'this browser has neither WebGL nor WebAssembly';
    default:
      return chosen.name satisfies never;
  }
}

const failed = (one: Measurement | undefined): string | null =>
  one?.passed === false ? `${backendLabels[one.name]} failed: ${one.why?.replace(/\.$/, '')}` : null;
