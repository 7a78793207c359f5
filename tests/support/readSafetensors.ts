// A second reader of safetensors, written from the format's description alone and sharing nothing with ours.
export interface Tensor {
  shape: number[];
  data: number[];
}

/** Trusts the file entirely; for files that a test has made. */
export function readSafetensors(file: Uint8Array): Record<string, Tensor> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerLength))) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  const tensors: Record<string, Tensor> = {};
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    if (dtype !== 'F32') throw new Error(`${name} is ${dtype}`);
    const data: number[] = [];
    for (let at = data_offsets[0]; at < data_offsets[1]; at += 4)
      data.push(view.getFloat32(8 + headerLength + at, true));
    tensors[name] = { shape, data };
  }
  return tensors;
}
