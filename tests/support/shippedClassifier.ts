// The digit classifier as it ships, for tests in Node.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { decode } from '../../src/files/safetensors.ts';
import { classifierFile, DigitClassifier } from '../../src/quality/classifier.ts';

export const shippedBytes = (): Uint8Array =>
  readFileSync(resolve(import.meta.dirname, '../../public', classifierFile));

/** On tfjs's current backend; the caller disposes it. */
export const shippedClassifier = (): DigitClassifier =>
  new DigitClassifier(Object.fromEntries(decode(shippedBytes(), classifierFile).tensors));
