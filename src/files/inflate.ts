// Unpacks what zips hold deflated (RFC 1951) into memory that was set aside before, in bounded time. pako is zlib in
// JavaScript: unlike fflate it stops where the memory is full and after each block, and unlike the browser's
// DecompressionStream it is synchronous and says the same in every engine.
import { Z_BLOCK, Z_BUF_ERROR, Z_OK, Z_STREAM_END, ZStream, zlibInflate, zlibInflateInit2 } from 'pako';

export type DeflateFault = 'damaged' | 'parts' | 'more' | 'longer' | 'shorter';

/** What is wrong with a stream. */
export class DeflateProblem extends Error {
  readonly fault: DeflateFault;
  /** How many bytes came out, of how many. */
  readonly found: number;
  readonly bytes: number;

  constructor(fault: DeflateFault, found = 0, bytes = 0) {
    super(`${fault}: ${found} of ${bytes} bytes`);
    this.fault = fault;
    this.found = found;
    this.bytes = bytes;
  }
}

/**
 * Blocks cost time even where they hold nothing, so no stream may have more of them than packers make. With the least
 * memory zlib puts 127 bytes into one; a packer that flushes its output adds an empty one.
 */
const leastInBlock = 64;
const fewBlocks = 64;
/** zlib's sign for a stream without a header, and the largest distance that deflate knows: 32 kB. */
const rawWindowBits = -15;

/**
 * Fills `into` from the start of a stream. Time and memory are bounded by the two lengths.
 * @param isPart whether the stream may go on after `into` is full
 * @throws DeflateProblem if it is damaged; unless `isPart`, also if it gives another number of bytes or ends before
 * `packed` does
 */
export function inflateInto(into: Uint8Array<ArrayBuffer>, packed: Uint8Array, isPart: boolean): void {
  const stream = new ZStream();
  zlibInflateInit2(stream, rawWindowBits);
  stream.input = packed;
  stream.avail_in = packed.length;
  stream.output = into;
  stream.avail_out = into.length;
  let status: number = Z_OK;
  for (let blocks = 0; status === Z_OK; blocks++) {
    if (blocks > fewBlocks + stream.total_out / leastInBlock) {
      throw new DeflateProblem('parts');
    }
    status = zlibInflate(stream, Z_BLOCK);
  }
  const isFull = stream.avail_out === 0;
  if (isPart && isFull) return;
  if (status === Z_BUF_ERROR && isFull && stream.avail_in > 0) {
    throw new DeflateProblem('longer', into.length, into.length);
  }
  if (status !== Z_STREAM_END) throw new DeflateProblem('damaged');
  if (stream.avail_in > 0) throw new DeflateProblem('more');
  if (!isFull) {
    throw new DeflateProblem('shorter', stream.total_out, into.length);
  }
}
