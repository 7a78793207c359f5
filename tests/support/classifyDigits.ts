// What a digit classifier says of a set of digits, and how often it is right.
import * as tf from '@tensorflow/tfjs';
import type { DigitClassifier } from '../../src/quality/classifier.ts';
import type { Digits } from './mnist.ts';

const pixels = 28 * 28;
const chunk = 500;

/** The most likely class of each image. */
export function classesOf(classifier: DigitClassifier, images: Uint8Array): Uint8Array {
  const count = images.length / pixels;
  const classes = new Uint8Array(count);
  for (let start = 0; start < count; start += chunk) {
    const size = Math.min(chunk, count - start);
    const input = Float32Array.from(images.subarray(start * pixels, (start + size) * pixels), (value) => value / 255);
    tf.tidy(() => {
      const { probabilities } = classifier.classify(tf.tensor4d(input, [size, 28, 28, 1]));
      classes.set(tf.argMax(probabilities, 1).dataSync(), start);
    });
  }
  return classes;
}

export interface Score {
  /** Share told right, 0 to 1; of all, and of each digit. */
  readonly right: number;
  readonly byDigit: readonly number[];
  /** The commonest mistakes, the most frequent first: '4→9' and how often. */
  readonly mistakes: readonly (readonly [pair: string, count: number])[];
}

export function scoreOf(classifier: DigitClassifier, { images, labels }: Digits): Score {
  const found = classesOf(classifier, images);
  const right = new Array<number>(10).fill(0);
  const total = new Array<number>(10).fill(0);
  const mistakes = new Map<string, number>();
  for (const [index, label] of labels.entries()) {
    total[label] = (total[label] ?? 0) + 1;
    if (found[index] === label) right[label] = (right[label] ?? 0) + 1;
    else mistakes.set(`${label}→${found[index]}`, (mistakes.get(`${label}→${found[index]}`) ?? 0) + 1);
  }
  return {
    right: right.reduce((sum, value) => sum + value, 0) / labels.length,
    byDigit: right.map((value, digit) => value / (total[digit] ?? 0)),
    mistakes: [...mistakes].sort((a, b) => b[1] - a[1]),
  };
}

const percent = (share: number, digits: number) => `${(100 * share).toFixed(digits)}%`;

/** Three lines for a report: how many were told right, of each digit, and the commonest mistakes. */
export function scoreWords(name: string, { right, byDigit, mistakes }: Score): string {
  const each = byDigit.map((share, digit) => `${digit}: ${percent(share, 1)}`);
  const worst = mistakes.slice(0, 8).map(([pair, count]) => `${pair} ${count}`);
  return `${percent(right, 2)} of the ${name} told right\n  by digit: ${each.join('  ')}\n  mistakes: ${worst.join(', ')}`;
}
