// The words that JavaScript and the compiled kernels share: each lies where its layout says, and none can be forgotten.
import { expect, it } from 'vitest';
import type { WasmJobs } from '../../src/gan/ops/wasm/jobs.ts';
import {
  assemblyLayout,
  bytesOf,
  kernelArguments,
  offsetOf,
  sizes,
  structs,
  writeWords,
} from '../../src/gan/ops/wasm/layout.ts';

const layout = { address: 'u32', count: 'i32', factor: 'f32' } as const;

it('writes each word at its offset, as its type, whatever the order of the values', () => {
  const memory = new ArrayBuffer(20);
  writeWords(layout, memory, 4, { factor: 0.1, address: 0xfedcba98, count: -3 });
  const view = new DataView(memory);
  expect(view.getUint32(4 + offsetOf(layout, 'address'), true)).toBe(0xfedcba98);
  expect(view.getInt32(4 + offsetOf(layout, 'count'), true)).toBe(-3);
  expect(view.getFloat32(4 + offsetOf(layout, 'factor'), true)).toBe(Math.fround(0.1));
  expect([view.getInt32(0, true), view.getInt32(16, true)]).toEqual([0, 0]);
});

it('has room for the control block before the arguments, and for the longest arguments', () => {
  expect(bytesOf(structs.control)).toBeLessThanOrEqual(sizes.argumentsAt);
  const longest = Math.max(...Object.values(kernelArguments).map(bytesOf));
  expect(sizes.argumentsAt + longest).toBeLessThanOrEqual(sizes.controlBytes);
});

it('gives AssemblyScript the fields in the order in which they are written', () => {
  const fields = /class DropoutArguments \{\n([^}]*)\}/.exec(assemblyLayout())?.[1] ?? '';
  const found = fields.split('\n').flatMap((line) => /^ {2}(\w+): (\w+);$/.exec(line)?.slice(1).join(' ') ?? []);
  expect(found).toEqual(Object.entries(kernelArguments.dropout).map(([word, type]) => `${word} ${type}`));
});

it('compiles only with every word of a job and no other', () => {
  const run: WasmJobs['run'] = () => {};
  run('sumPositions', 1, { input: 0, output: 0, positions: 1, columns: 1 });
  // @ts-expect-error: `columns` is missing.
  run('sumPositions', 1, { input: 0, output: 0, positions: 1 });
  // @ts-expect-error: there is no word `rows`.
  run('sumPositions', 1, { input: 0, output: 0, positions: 1, columns: 1, rows: 1 });
  // @ts-expect-error: there is no such kernel.
  run('sumColumns', 1, { input: 0, output: 0, positions: 1, columns: 1 });
});
