// The data that some tests need and that is never committed: they skip, and say so, where it is absent.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const shared = resolve(import.meta.dirname, '../../../shared');

/** A folder with the four official MNIST files, or null. */
export const mnistFolder: string | null =
  [process.env.MNIST_DIR, resolve(shared, 'data/mnist')].find((path) => path && existsSync(path)) ?? null;
