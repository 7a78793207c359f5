// NumPy's number types, by name: how many bytes each takes, and how to read one.

export interface NumberReader {
  readonly bytes: number;
  /** The number at a byte offset. 64-bit integers lose what a double cannot hold. */
  readonly read: (view: DataView, offset: number) => number;
}

type Read = (view: DataView, offset: number, little: boolean) => number;

const types: Readonly<Record<string, readonly [number, Read]>> = {
  b1: [1, (view, offset) => (view.getUint8(offset) === 0 ? 0 : 1)],
  u1: [1, (view, offset) => view.getUint8(offset)],
  i1: [1, (view, offset) => view.getInt8(offset)],
  u2: [2, (view, offset, little) => view.getUint16(offset, little)],
  i2: [2, (view, offset, little) => view.getInt16(offset, little)],
  u4: [4, (view, offset, little) => view.getUint32(offset, little)],
  i4: [4, (view, offset, little) => view.getInt32(offset, little)],
  u8: [8, (view, offset, little) => Number(view.getBigUint64(offset, little))],
  i8: [8, (view, offset, little) => Number(view.getBigInt64(offset, little))],
  f2: [2, (view, offset, little) => halfFloat(view.getUint16(offset, little))],
  f4: [4, (view, offset, little) => view.getFloat32(offset, little)],
  f8: [8, (view, offset, little) => view.getFloat64(offset, little)],
};

/** The reader for a type as NumPy writes it ('|u1', '<f4', '>i2'), or null where it is no plain number. */
export function numberReader(type: string): NumberReader | null {
  const [order = '?', name] = [type[0], type.slice(1)];
  // Own names only: a file may call its type 'constructor'.
  const found = Object.hasOwn(types, name) ? types[name] : undefined;
  if (!found || !'<>|='.includes(order)) return null;
  const [bytes, read] = found;
  const little = order !== '>';
  return { bytes, read: (view, offset) => read(view, offset, little) };
}

/** IEEE 754 half precision: 1 sign bit, 5 of exponent, 10 of fraction. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
