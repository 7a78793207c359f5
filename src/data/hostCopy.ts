// `npm run data`: puts the four MNIST files into public/data/mnist/, for those who host their own copy.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SourceFailure } from './download.ts';
import { usualTiming } from './fetchDataset.ts';
import { fetchFile } from './fetchFile.ts';
import { isGzip } from './gzip.ts';
import { fileOrder, type SourceFile, sources } from './sources.ts';
import { contentOf } from './verify.ts';

const source = sources.mnist;
const folder = resolve(process.argv[2] ?? join('public', source.folder));
// Other addresses, for those who cannot reach ours: npm run data -- public/data/mnist https://example.org/mnist/
const addresses = process.argv.length > 3 ? process.argv.slice(3) : source.addresses;

async function isRight(path: string, file: SourceFile): Promise<boolean> {
  try {
    await contentOf(new Uint8Array(await readFile(path)), file, new AbortController().signal);
    return true;
  } catch {
    return false;
  }
}

/** The gz from the first address that has it right, or one sentence on why none has. */
async function get(file: SourceFile): Promise<Uint8Array> {
  const reasons: string[] = [];
  for (const address of addresses) {
    try {
      const { bytes } = await fetchFile(file, address, {
        signal: new AbortController().signal,
        quietMs: usualTiming.quietMs,
        onAnswer: () => console.log(`Fetching ${file.name} from ${new URL(address).host}`),
        onBytes: () => {},
        onCheck: () => {},
      });
      return isGzip(bytes) ? bytes : gzipSync(bytes);
    } catch (error) {
      if (!(error instanceof SourceFailure)) throw error;
      const { fault } = error;
      const why = fault.fault === 'status' ? `answered ${fault.status}` : `failed (${fault.fault})`;
      reasons.push(`${new URL(address).host} ${why}`);
    }
  }
  throw new Error(`${file.name} could not be fetched: ${reasons.join(', and ')}.`);
}

try {
  await mkdir(folder, { recursive: true });
  for (const role of fileOrder) {
    const file = source.files[role];
    const path = join(folder, file.name);
    if (await isRight(path, file)) {
      console.log(`${file.name} is there and right`);
      continue;
    }
    // Under another name until it is whole: a cut-off file must not pass for a copy.
    await writeFile(`${path}.part`, await get(file));
    await rename(`${path}.part`, path);
  }
  console.log(`${folder} holds ${source.label}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
