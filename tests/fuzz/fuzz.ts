// `npm run fuzz`: spoiled files for every reader of bytes, and a table of what became of them.
//
//     npm run fuzz -- --inputs 20000 --seed 1       so many inputs over all targets
//     npm run fuzz -- --target idx --only 12345     one input again, with its bytes
//     npm run fuzz -- --target idx --hex file.hex   an input that was kept
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { attempt, inputOf } from './attempt.ts';
import { runCampaign } from './campaign.ts';
import { tableHead, tableRow } from './table.ts';
import { targets } from './targets.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string' },
    only: { type: 'string' },
    hex: { type: 'string' },
  },
});

/** @throws Error for what is no number from 0 on */
function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number, not ${text}.`);
  return Number(text);
}

const chosen = targets.filter(({ name }) => values.target === undefined || name === values.target);
if (chosen.length === 0) {
  throw new Error(`There is no target ${values.target}: there are ${targets.map(({ name }) => name).join(', ')}.`);
}
const seed = whole('seed', values.seed);

if (values.hex !== undefined) {
  const bytes = Uint8Array.from(Buffer.from(readFileSync(values.hex, 'utf8').trim(), 'hex'));
  for (const target of chosen) console.log(target.name, await attempt(target, bytes));
} else {
  const reports = await runCampaign({
    inputs: whole('inputs', values.inputs),
    seed,
    targets: chosen.map(({ name }) => name),
    ...(values.only === undefined ? {} : { only: whole('only', values.only) }),
  });
  console.log([tableHead, ...reports.map(tableRow)].join('\n'));
  const failures = reports.flatMap((report) => report.failures);
  for (const { target: name, input, problem } of failures) {
    console.log(`\n${name}: ${problem}\n    again: npm run fuzz -- --target '${name}' --seed ${seed} --only ${input}`);
    const target = targets.find((each) => each.name === name);
    if (target) console.log(`    bytes: ${keep(name, input, inputOf(target, seed, input))}`);
  }
  console.log(`\n${failures.length === 0 ? 'No' : failures.length} failures.`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

/** Writes an input as hex. @returns where */
function keep(name: string, input: number, bytes: Uint8Array): string {
  const folder = join(tmpdir(), 'ganvas-fuzz');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name.replaceAll(' ', '-')}-${seed}-${input}.hex`);
  writeFileSync(path, Buffer.from(bytes).toString('hex'));
  return path;
}
