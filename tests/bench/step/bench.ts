// How fast a training step is, against the tutorial written plainly with tfjs and against the machine: `npm run bench`.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { halfStepOperations, layerOperations, stepOperations } from '../../../src/config/arithmetic.ts';
import { layersOf, type NetworkName } from '../../../src/config/networks.ts';
import type { BackendName } from '../../../src/protocol/devices.ts';
import { reason } from '../../../src/ui/words/en/device.ts';
import { devicesOf } from '../support/browser.ts';
import { serveBuilt } from '../support/serve.ts';
import { number, table } from '../support/table.ts';
import { Caller, Candidate, configOf, type Limits, type Size } from './candidate.ts';
import { type Result, ratesTable, resultOf, resultsTable, verdicts } from './results.ts';
import { triedTable, tryStockFlags } from './stockFlags.ts';

const { values: flags } = parseArgs({ options: { quick: { type: 'boolean' }, json: { type: 'string' } } });
const quick = flags.quick === true;

const sizes: readonly Size[] = [
  { filters: 32, batch: 64 },
  { filters: 128, batch: 256 },
];
const limits: Limits = {
  wholeStepMs: 30_000,
  scaledStepMs: quick ? 4_000 : 12_000,
  probeBatch: quick ? 4 : 8,
  stockWarmUp: quick ? 1 : 2,
  turnMs: quick ? 1_000 : 2_000,
};
/** Rounds stop early when a size has taken its time, but not before the second: step 4 tells whether memory is flat. */
const rounds = { least: 2, most: quick ? 3 : 7, msPerSize: quick ? 60_000 : 300_000 };

const software = /swiftshader|llvmpipe|softpipe|lavapipe|software|basic render/i;
const started = performance.now();
const say = (text: string) => console.log(text);
const progress = (text: string) =>
  console.error(`[${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s] ${text}`);

await using served = await serveBuilt('tests/bench/step');

const survey = await look();
// Emulated WebGPU takes a minute of its own, and only the full bench has it.
const leftOut = quick && survey.offers.some(({ name, emulated }) => name === 'webgpu' && emulated);
const backends = survey.offers
  .filter(({ name, available }) => available && name !== 'cpu' && !(leftOut && name === 'webgpu'))
  .map(({ name }) => name);
if (leftOut) say('WebGPU is emulated in software here: left out of the quick bench.');
const hasGpu = !software.test(survey.devices.webgl) && survey.devices.webgl !== 'none';
say(`Chromium ${survey.version}, ${cpus()[0]?.model.trim()}, ${survey.cores} cores, isolated: ${survey.isolated}`);
say(`WebGL: ${survey.devices.webgl}`);
say(`WebGPU: ${survey.devices.webgpu}`);
say(`Automatic takes ${survey.automatic.name}. ${survey.automatic.reason ? reason(survey.automatic.reason) : ''}\n`);
progress('stock: which flags of tfjs are best here');
const tried = await tryStockFlags(served.url, quick);
say(`${triedTable(tried)}\n`);
for (const size of sizes) say(`${arithmetic(size)}\n`);

const results: Result[] = [];
const failures: string[] = [];
for (const size of sizes) {
  const candidates = await measure(size);
  const rates = new Map(candidates.filter(({ name }) => name === 'rate').map((rate) => [rate.backend, rate]));
  const found = candidates.map((candidate) => resultOf(candidate, rates)).filter((result) => result !== null);
  results.push(...found);
  for (const { name, backend, failure } of candidates) {
    if (failure !== null) failures.push(`${size.filters} · ${size.batch}: ${name} on ${backend}: ${failure}`);
  }
  say(`${resultsTable(found)}\n\n${ratesTable([...rates.values()])}\n`);
}
if (failures.length > 0) say(`Not measured:\n${failures.map((line) => `- ${line}`).join('\n')}\n`);
say(verdicts(results, survey.automatic.name, hasGpu));
say(`\n${((performance.now() - started) / 60_000).toFixed(1)} minutes in all.`);
if (flags.json !== undefined) {
  const { version, devices, cores, automatic } = survey;
  const about = { chromium: version, ...devices, cores, automatic: automatic.name, quick, stockFlags: tried, failures };
  writeFileSync(flags.json, `${JSON.stringify({ results, about }, null, 2)}\n`);
}

/** What the browser has. */
async function look() {
  const caller = await Caller.open(served.url);
  try {
    const devices = await devicesOf(caller.page);
    return { version: caller.browser.version(), devices, ...(await caller.call('survey', null)) };
  } finally {
    await caller.browser.close();
  }
}

/** All candidates at one size, in turns: each has a browser that waits, idle, while another works. */
async function measure(size: Size): Promise<Candidate[]> {
  const until = performance.now() + rounds.msPerSize;
  const candidates = [
    new Candidate('stock', 'webgl', size, tried[0]?.flags ?? {}),
    ...backends.flatMap((name: BackendName) => [
      new Candidate('ours', name, size),
      new Candidate('rate', name, size, null, name === 'wasm' ? survey.cores : 1),
    ]),
  ];
  try {
    for (const candidate of candidates) {
      progress(`${size.filters} · ${size.batch}: warming up ${candidate.name} on ${candidate.backend}`);
      await candidate.prepare(served.url, limits);
    }
    for (let round = 0; round < rounds.most; round++) {
      if (round >= rounds.least && performance.now() > until) break;
      progress(`${size.filters} · ${size.batch}: round ${round + 1}`);
      for (const candidate of candidates) await candidate.turn();
    }
  } finally {
    for (const candidate of candidates) await candidate.close();
  }
  return candidates;
}

/** What a step computes, layer by layer. */
function arithmetic(size: Size): string {
  const config = configOf(size);
  const mega = (operations: number) => number(operations / 1e6);
  const rows = (['generator', 'discriminator'] as NetworkName[]).flatMap((network) =>
    layersOf(network, config)
      .filter((layer) => layerOperations(layer) > 0)
      .map((layer) => [
        `${network}, ${layer.name}`,
        layer.kind,
        `[${layer.outputShape}]`,
        mega(layerOperations(layer)),
      ]),
  );
  const giga = (operations: number) => `${number(operations / 1e9)} GFLOP`;
  return [
    `${size.filters} filters, batch ${size.batch}:`,
    table(['layer', 'kind', 'output', 'MFLOP forward, an image'], rows),
    `A discriminator half-step is ${giga(halfStepOperations('discriminator', config))}, a generator half-step ` +
      `${giga(halfStepOperations('generator', config))}, a step ${giga(stepOperations(config))}.`,
  ].join('\n');
}
