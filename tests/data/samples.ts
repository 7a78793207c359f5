// Small files of every format that src/data reads, made byte by byte and not by the code under test.

import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Source, SourceFile } from '../../src/data/sources.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/** Image i, pixel j: any value, but every image another. */
export function samplePixels(count: number, salt = 0): Bytes {
  return Uint8Array.from({ length: count * 784 }, (_, i) => (Math.floor(i / 784) * 31 + (i % 784) * 7 + salt) % 256);
}

function bigEndian(...numbers: number[]): Bytes {
  const bytes = new Uint8Array(numbers.length * 4);
  const view = new DataView(bytes.buffer);
  numbers.forEach((number, index) => {
    view.setUint32(index * 4, number, false);
  });
  return bytes;
}

export function join(...parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(Buffer.concat(parts));
}

export function idxImages(count: number, { salt = 0, magic = 2051, rows = 28, columns = 28 } = {}): Bytes {
  return join(bigEndian(magic, count, rows, columns), samplePixels(count, salt));
}

export function idxLabels(count: number, magic = 2049): Bytes {
  return join(
    bigEndian(magic, count),
    Uint8Array.from({ length: count }, (_, i) => i % 10),
  );
}

export function gz(bytes: Uint8Array): Bytes {
  return new Uint8Array(gzipSync(bytes));
}

/** An .npy of version 1 with any header, as NumPy pads it. */
export function npy(header: string, data: Uint8Array): Bytes {
  const padded = `${header.padEnd(128 - 10 - 1)}\n`;
  const length = Uint8Array.of(padded.length & 255, padded.length >> 8);
  return join(Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0), length, new TextEncoder().encode(padded), data);
}

export function npyHeader(shape: string, type = '|u1', fortran = 'False'): string {
  return `{'descr': '${type}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`;
}

export function file(name: string, bytes: Bytes | string): File {
  return new File([bytes], name);
}

/** The four files of a tiny dataset: their content by name. */
export const tinyFiles: Readonly<Record<string, Bytes>> = {
  'train-labels-idx1-ubyte.gz': idxLabels(80),
  'train-images-idx3-ubyte.gz': idxImages(80),
  't10k-labels-idx1-ubyte.gz': idxLabels(10),
  't10k-images-idx3-ubyte.gz': idxImages(10, { salt: 99 }),
};

function sourceFile(name: string): SourceFile {
  const content = tinyFiles[name] ?? new Uint8Array();
  return {
    name,
    gzBytes: gz(content).length,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  };
}

/** A source of the tiny dataset at the given addresses. */
export function tinySource(addresses: readonly string[]): Source {
  return {
    id: 'mnist',
    label: 'MNIST',
    folder: 'data/mnist/',
    addresses,
    files: {
      trainLabels: sourceFile('train-labels-idx1-ubyte.gz'),
      trainImages: sourceFile('train-images-idx3-ubyte.gz'),
      testLabels: sourceFile('t10k-labels-idx1-ubyte.gz'),
      testImages: sourceFile('t10k-images-idx3-ubyte.gz'),
    },
  };
}
