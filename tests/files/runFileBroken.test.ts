// Run files that are at odds with themselves or with what can be: each is refused with one clear sentence.
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { maxFrames } from '../../src/config/history.ts';
import { packRun, unpackRun } from '../../src/files/runFile.ts';
import { decode, encode } from '../../src/files/safetensors.ts';
import { refusal, savedRun, smallConfig } from './samples.ts';

describe('a run file that is not right', () => {
  const files = unzipSync(packRun(savedRun()));
  const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
  const head = JSON.parse(text(files['run.json'])) as Record<string, unknown>;
  const withHead = (change: object) =>
    zipSync({ ...files, 'run.json': new TextEncoder().encode(JSON.stringify({ ...head, ...change })) }, { level: 0 });
  const withTensors = (name: string, change: (tensors: ReturnType<typeof decode>['tensors']) => void) => {
    const tensors = new Map(decode(files[name] ?? new Uint8Array()).tensors);
    change(tensors);
    return zipSync({ ...files, [name]: encode(tensors) }, { level: 0 });
  };
  const training = head.training as object;
  const [row] = (head.quality as { rows: { digits: object }[] }).rows as [{ digits: object }];
  const withQuality = (change: object) => withHead({ quality: { ...(head.quality as object), ...change } });
  const withDigits = (change: object) => withQuality({ real: { diversity: 1, digits: { ...row.digits, ...change } } });

  it.each([
    ['another format', withHead({ format: 'ganvas-weights' }), /^not-our-run: .*does not say "format": "ganvas-run"/],
    ['a newer version', withHead({ version: 2 }), /^not-our-run: .*version 2, and this page reads up to version 1/],
    ['no name', withHead({ id: '' }), /^bad-file: .*"id"/],
    ['a dataset of another world', withHead({ dataset: { id: 'cats' } }), /^bad-file: .*"dataset/],
    ['settings out of range', withHead({ config: { ...smallConfig, filters: 1e9 } }), /^bad-settings: .*run.json/],
    ['other settings', withHead({ config: smallConfig }), /^weights-mismatch: /],
    [
      'measurements without scores, as many as there is room for',
      withHead({ quality: { rows: Array.from({ length: 29_999 }, () => ({ digits: {} })), real: null, nextAt: 0 } }),
      /^bad-file: mine.zip has no proper "quality.rows.0.step" in run.json\.$/,
    ],
    [
      'a measurement that is wrong, behind one that is not',
      withHead({ quality: { rows: [row, { ...row, digits: { ...row.digits, covered: 11 } }], real: null, nextAt: 0 } }),
      /^bad-file: mine.zip has no proper "quality.rows.1.digits.covered" in run.json\.$/,
    ],
    [
      'more measurements than there is room for',
      withHead({ quality: { rows: Array.from({ length: 30_001 }, () => row), real: null, nextAt: 0 } }),
      /^bad-file: mine.zip has no proper "quality.rows" in run.json\.$/,
    ],
    [
      'shares of a million classes',
      withHead({
        quality: {
          rows: [],
          real: { ...row, digits: { classShares: Array.from({ length: 200_000 }, String) } },
          nextAt: 0,
        },
      }),
      /^bad-file: mine.zip has no proper "quality.real.digits.classShares" in run.json\.$/,
    ],
    ['a start for which there is no date', withHead({ started: 1e300 }), /^bad-file: .*"started"/],
    ['a date that is none', withHead({ savedAt: 8.65e15 }), /^bad-file: .*"savedAt"/],
    ['more time than there is', withHead({ seconds: 1e306 }), /^bad-file: .*"seconds"/],
    ['more epochs than are counted', withHead({ epochs: 2 ** 31 + 1 }), /^bad-file: .*"epochs"/],
    [
      'more measurements without progress than are counted',
      withHead({ stopping: { lowest: null, without: Number.MAX_SAFE_INTEGER } }),
      /^bad-file: .*"stopping.without"/,
    ],
    ['a measurement that is never made', withQuality({ nextAt: 1e308 }), /^bad-file: .*"quality.nextAt"/],
    [
      'a measurement of a step to come',
      withQuality({ rows: [{ ...row, step: 4 }] }),
      /^bad-file: .*order of their steps/,
    ],
    [
      'measurements that go back',
      withQuality({ rows: [2, 1].map((step) => ({ ...row, step })) }),
      /^bad-file: .*order of/,
    ],
    ['shares of more than all', withDigits({ classShares: Array(10).fill(1) }), /^bad-file: .*classShares"/],
    ['a confidence below none', withDigits({ confidence: -1e308 }), /^bad-file: .*confidence"/],
    ['a confidence beyond certainty', withDigits({ confidence: 2 }), /^bad-file: .*confidence"/],
    ['a distance below zero', withDigits({ frechet: '-Infinity' }), /^bad-file: .*frechet"/],
    [
      'an inception score that no ten classes give',
      withDigits({ inceptionScore: 'Infinity' }),
      /^bad-file: .*inceptionScore"/,
    ],
    [
      'half a step that nobody has taken',
      withHead({ training: { firstStep: 2, iterations: { generator: 1, discriminator: 0 }, owesGenerator: true } }),
      /^bad-file: mine.zip has begun a step that it has not\.$/,
    ],
    [
      'an accuracy below zero',
      withTensors('history.safetensors', (tensors) => tensors.get('accuracyReal')?.data.fill(-3e38)),
      /^bad-file: mine.zip has an accuracyReal in its history that is no share\.$/,
    ],
    [
      'an accuracy of two',
      withTensors('history.safetensors', (tensors) => tensors.get('accuracyFake')?.data.fill(2)),
      /^bad-file: .*accuracyFake/,
    ],
    [
      'fewer steps than its history',
      withHead({
        training: { ...training, iterations: { generator: 1, discriminator: 1 } },
        quality: { rows: [], real: null, nextAt: 0 },
      }),
      /^bad-file: .*steps in its history/,
    ],
    [
      'more steps than are numbers of their own in it',
      withHead({ training: { ...training, firstStep: 2 ** 24 } }),
      /^bad-file: mine.zip has taken 16777219 steps, and 16777216 is the most\.$/,
    ],
    [
      'more grids than any run keeps',
      withHead({ frames: Array.from({ length: maxFrames + 1 }, (_, step) => ({ step, half: false })) }),
      /^bad-file: mine.zip has no proper "frames" in run.json\.$/,
    ],
    ['more grids than there are', withHead({ frames: [{ step: 1, half: false }] }), /^bad-file: .*grids.bin/],
    [
      'grids out of order',
      withHead({ frames: [2, 2, 3].map((step) => ({ step, half: false })) }),
      /^bad-file: .*order of their steps/,
    ],
    [
      'a weight that is not a number',
      withTensors('state.safetensors', (tensors) => tensors.get('generator/output/bias')?.data.fill(Number.NaN)),
      /^non-finite-weights: .*generator\/output\/bias/,
    ],
    [
      'a state longer than the settings want',
      zipSync({ ...files, 'state.safetensors': new Uint8Array(8 << 20) }),
      /^too-large: state.safetensors in mine.zip claims 8388608 bytes; the limit is \d{7}\.$/,
    ],
    [
      'a history longer than its steps',
      zipSync({ ...files, 'history.safetensors': new Uint8Array(8 << 20) }),
      // A header of a megabyte, five numbers for each step from 0 to 3, and 64 for each of three grids.
      /^too-large: history.safetensors in mine.zip claims 8388608 bytes; the limit is 1049432\.$/,
    ],
    [
      'a second moment below zero',
      withTensors('state.safetensors', (tensors) =>
        tensors.get('second_moment/discriminator/dense/bias')?.data.fill(-1),
      ),
      /^weights-mismatch: .*below zero/,
    ],
    [
      'a tensor too few',
      withTensors('state.safetensors', (tensors) => tensors.delete('first_moment/generator/dense/kernel')),
      /^weights-mismatch: .*no tensor/,
    ],
    [
      'an infinite loss',
      withTensors('history.safetensors', (tensors) =>
        tensors.get('generatorLoss')?.data.fill(Number.POSITIVE_INFINITY),
      ),
      /^bad-file: .*infinite generatorLoss/,
    ],
    [
      'half a step in its history',
      withTensors('history.safetensors', (tensors) => tensors.get('steps')?.data.set([0.5])),
      /^bad-file: .*ascend/,
    ],
    [
      'a probability of two',
      withTensors('history.safetensors', (tensors) => tensors.get('realness')?.data.fill(2)),
      /^bad-file: .*probability/,
    ],
  ])('is refused: %s', (_, bytes, sentence) => {
    expect(refusal(() => unpackRun(bytes, 'mine.zip'))).toMatch(sentence);
  });

  it('is refused cut off at any place', () => {
    const bytes = packRun(savedRun({ ...smallConfig, filters: 2 }));
    for (let length = 0; length < bytes.length; length += 9973) {
      expect(refusal(() => unpackRun(bytes.subarray(0, length)))).toMatch(/^(not-our-weights|bad-file): /);
    }
  });
});
