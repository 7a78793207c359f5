// The fuzzer's report as a table, the same on the screen and in tests/README.md.
import type { Report } from './campaign.ts';

export const tableHead = [
  '| target | inputs | accepted | refused | slowest, ms | largest memory, MB |',
  '|---|--:|--:|--:|--:|--:|',
].join('\n');

export const tableRow = ({ target, inputs, accepted, refused, slowestMs, largestBytes }: Report): string =>
  `| ${target} | ${inputs} | ${accepted} | ${refused} | ${slowestMs.toFixed(0)} | ${(largestBytes / 1e6).toFixed(1)} |`;
