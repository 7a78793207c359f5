// Where each format keeps its lengths, offsets, kinds and parts: what the fuzzer spoils on purpose.
import type { Bytes, Field, Format } from './mutate.ts';

const big = (at: number, width: Field['width'] = 4): Field => ({ at, width, little: false });
const little = (at: number, width: Field['width'] = 4): Field => ({ at, width, little: true });

/** Stretches of `size` bytes from `start` on. */
function stretches(bytes: Bytes, start: number, size: number): [number, number][] {
  const count = Math.max(0, Math.floor((bytes.length - start) / size));
  return Array.from({ length: count }, (_, i) => [start + i * size, start + (i + 1) * size]);
}

/** What the patterns find in a text, as stretches of bytes: its words, and what is made of several. */
const tokens =
  (...patterns: readonly RegExp[]) =>
  (bytes: Bytes) => {
    // Of what has grown long, the beginning.
    const text = Buffer.from(bytes.subarray(0, 1 << 16)).toString('latin1');
    return patterns.flatMap((pattern) =>
      [...text.matchAll(pattern)].map(({ index, 0: { length } }) => [index, index + length] as const),
    );
  };

/** Positions of a signature. */
function positions(bytes: Bytes, signature: string): number[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: number[] = [];
  for (let at = buffer.indexOf(signature, 0, 'latin1'); at >= 0; at = buffer.indexOf(signature, at + 1, 'latin1')) {
    found.push(at);
  }
  return found;
}

export const idx: Format = {
  fields: () => [big(0), big(4), big(8), big(12), big(2, 1), big(3, 1)],
  blocks: (bytes) => [[0, 4], [4, 8], [0, 16], ...stretches(bytes, 16, 784).slice(0, 8)],
};

export const gzip: Format = {
  fields: (bytes) => [
    little(2, 1),
    little(3, 1),
    little(4),
    little(Math.max(0, bytes.length - 8)),
    little(Math.max(0, bytes.length - 4)),
  ],
  blocks: (bytes) => [
    [0, 10],
    [10, bytes.length],
    [0, bytes.length],
    [bytes.length - 8, bytes.length],
  ],
};

export const json: Format = {
  fields: () => [],
  // Values, names and punctuation; whole members.
  blocks: tokens(
    /"(?:[^"\\]|\\.)*"|-?\d[\w.+-]*|true|false|null|[[\]{},:]/g,
    /"(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[^,{}[\]]+),?/g,
    // Whole objects and lists that have none in them.
    /\{[^{}[\]]*\},?|\[[^{}[\]]*\],?/g,
  ),
  words: [
    ...['null', 'true', '0', '-0', '-1', '1.5', '1e999', '-1e999', 'NaN', '9007199254740993', '18446744073709551615'],
    ...['4294967296', '1e-400', '0x10', '00', '[]', '{}', '""', '"\\u0000"', '"\\ud800"', '"F16"', '"own"', '"I64"'],
    ...['"__proto__"', '"__proto__":{"filters":2},', '"constructor"', '"toString":1,', '"hasOwnProperty":null,'],
    ...['1e300', '-1e308', '9007199254740991', '2147483648'],
    ...['['.repeat(40), `${'[{"a":'.repeat(20)}1${'}]'.repeat(20)}`, '"'.padEnd(300, 'a').concat('"'), '"a":1,"a":1,'],
  ],
  items: ['{},', '[],', '"",', '0,', '{"digits":{}},', '['],
};

/** A stream of blocks of so many bytes. */
export const deflated = (bytesEach: number): Format => ({
  fields: () => [],
  blocks: (bytes) => [...stretches(bytes.slice(0, 64 * bytesEach), 0, bytesEach), [0, bytes.length]],
});

export const npy: Format = {
  fields: () => [little(6, 1), little(7, 1), little(8, 2), little(8, 4)],
  blocks: (bytes) => tokens(/'[^']*'|\d+|True|False|[(){},:]/g, /'\w+'\s*:\s*[^,]*,/g)(bytes.slice(0, 128)),
  words: [
    ...["'<f4'", "'>f8'", "'|u1'", "'<f2'", "'|b1'", "'<i8'", "'|O'", "'<U4'", "'<constructor'", "'|__proto__'", "''"],
    ...['0', '1', '28', '784', '028', '28 28', '2L', '4294967296', '99999999999999999999', '-3', '1e3', '(2,', '))'],
    ...['True', 'False', "'shape': (2, 28, 28), ", "'descr': [('a', '<f4')], ", "'x': 1, ", '28, ', ' '.repeat(50)],
  ],
};

export const safetensors: Format = {
  fields: () => [little(0, 8), little(0), little(4)],
  blocks: (bytes) => [[0, 8], [0, bytes.length], ...tokens(/"[^"]*"|\d+/g)(bytes.slice(8, 1024)).map(shifted(8))],
  words: json.words ?? [],
  items: json.items ?? [],
};

const shifted =
  (by: number) =>
  ([from, to]: readonly [number, number]): readonly [number, number] => [from + by, to + by];

const zipRecords = [
  { signature: 'PK\x03\x04', name: 26, head: 30, fields: [4, 6, 8, 26, 28], wide: [14, 18, 22] },
  { signature: 'PK\x01\x02', name: 28, head: 46, fields: [8, 10, 28, 30, 32, 34], wide: [16, 20, 24, 42] },
  { signature: 'PK\x05\x06', name: 20, head: 22, fields: [4, 8, 10, 20], wide: [12, 16] },
] as const;

export const zip: Format = {
  fields: (bytes) =>
    zipRecords.flatMap(({ signature, fields, wide }) =>
      positions(bytes, signature).flatMap((at) => [
        ...fields.map((offset) => little(at + offset, 2)),
        ...wide.map((offset) => little(at + offset, 4)),
      ]),
    ),
  blocks(bytes) {
    // Each record with all up to the next, each record's head, and the name in it.
    const starts = zipRecords.flatMap(({ signature }) => positions(bytes, signature)).sort((a, b) => a - b);
    const whole = starts.map((at, i) => [at, starts[i + 1] ?? bytes.length] as const);
    const heads = zipRecords.flatMap(({ signature, name, head }) =>
      positions(bytes, signature).flatMap((at) => {
        const length = bytes[at + name] ?? 0;
        return [[at, at + head] as const, [at + head, at + head + length] as const];
      }),
    );
    return [...whole, ...heads].filter(([, to]) => to <= bytes.length);
  },
};

/** PNG, JPEG, GIF, BMP and WebP: the places of sizes in all of them, and a JPEG's segments. */
export const picture: Format = {
  fields(bytes) {
    const frames = positions(bytes, '\xff').slice(0, 40);
    const fixed = [big(8), big(16), big(20), big(6, 1), little(6, 2), little(8, 2), little(14), little(18), little(22)];
    return [
      ...fixed,
      ...[little(24, 3), little(27, 3), little(26, 2), little(28, 2), little(21)],
      ...frames.flatMap((at) => [big(at + 1, 1), big(at + 2, 2), big(at + 5, 2), big(at + 7, 2)]),
    ];
  },
  blocks: (bytes) => [[0, 8], [8, 33], [0, 2], ...stretches(bytes, 2, 18).slice(0, 8)],
};
