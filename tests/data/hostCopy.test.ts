import { execFile } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mnistFolder } from '../support/sharedData.ts';
import { serve, status } from './server.ts';

const root = resolve(import.meta.dirname, '../..');

/** What `npm run data` does, with a folder and addresses of the test's. */
function hostCopy(folder: string, ...addresses: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const args = ['--import', 'tsx', 'src/data/hostCopy.ts', folder, ...addresses];
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ganvas-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('npm run data', () => {
  it('ends with code 1 and one sentence where no address has the files', async () => {
    const { folder } = await serve({ a: status(404), b: status(500) });
    const target = emptyFolder();
    const { code, stderr } = await hostCopy(target, folder('a'), folder('b'));
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(
      /^train-labels-idx1-ubyte\.gz could not be fetched: 127\.0\.0\.1:\d+ answered 404, and 127\.0\.0\.1:\d+ answered 500\.$/,
    );
    expect(readdirSync(target)).toEqual([]);
  });

  it.skipIf(mnistFolder === null)(
    'fetches what is missing or wrong, and leaves what is right (skipped without MNIST)',
    async () => {
      const mnist = mnistFolder ?? '';
      const site = await serve({
        bad: status(404),
        mnist: (response, name) => createReadStream(join(mnist, name)).pipe(response),
      });
      const target = emptyFolder();
      writeFileSync(join(target, 't10k-labels-idx1-ubyte.gz'), 'not the labels');
      writeFileSync(
        join(target, 'train-labels-idx1-ubyte.gz'),
        readFileSync(join(mnist, 'train-labels-idx1-ubyte.gz')),
      );

      const { code, stdout } = await hostCopy(target, site.folder('bad'), site.folder('mnist'));
      expect(code).toBe(0);
      expect(stdout).toContain('train-labels-idx1-ubyte.gz is there and right');
      expect(site.asked.filter((path) => path.startsWith('mnist/'))).toEqual([
        'mnist/train-images-idx3-ubyte.gz',
        'mnist/t10k-labels-idx1-ubyte.gz',
        'mnist/t10k-images-idx3-ubyte.gz',
      ]);
      expect(readdirSync(target).sort()).toEqual(readdirSync(mnist).sort());
      for (const name of readdirSync(target)) {
        expect(gunzipSync(readFileSync(join(target, name))).equals(gunzipSync(readFileSync(join(mnist, name))))).toBe(
          true,
        );
      }
      expect(existsSync(join(target, 't10k-labels-idx1-ubyte.gz.part'))).toBe(false);
    },
  );
});
