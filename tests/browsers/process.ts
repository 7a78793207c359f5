// A browser's process with a home of its own, which goes when the test is over.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Home extends Disposable {
  readonly folder: string;
  readonly downloads: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** An empty home folder: no profile, no settings and no downloads of whoever runs the tests. */
export function emptyHome(): Home {
  const folder = mkdtempSync(join(tmpdir(), 'ganvas-browser-'));
  const downloads = join(folder, 'downloads');
  const runtime = join(folder, 'runtime');
  mkdirSync(downloads);
  mkdirSync(runtime, { mode: 0o700 });
  mkdirSync(join(folder, '.config'));
  writeFileSync(join(folder, '.config', 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const environment = {
    ...process.env,
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, '.config'),
    XDG_RUNTIME_DIR: runtime,
    // The pages are ours, and containers often forbid the sandbox what it needs.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    MOZ_DISABLE_CONTENT_SANDBOX: '1',
  };
  return {
    folder,
    downloads,
    environment,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
  };
}

export interface Started {
  readonly child: ChildProcess;
  /** Ends it and all that it has started. */
  end(): Promise<void>;
}

export function start(command: string, args: readonly string[], environment: NodeJS.ProcessEnv): Started {
  // Detached: the head of a process group, which is ended whole.
  const child = spawn(command, args, { env: environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const end = async (): Promise<void> => {
    if (child.pid === undefined) return;
    const signal = (name: NodeJS.Signals): void => {
      try {
        process.kill(-(child.pid ?? 0), name);
      } catch (error) {
        // It has ended by itself.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    };
    signal('SIGTERM');
    const late = setTimeout(signal, 5_000, 'SIGKILL');
    await gone;
    clearTimeout(late);
    signal('SIGKILL');
  };
  return { child, end };
}

/** Resolves with what a line of its output says. @throws Error when it ends without having said it */
export function said({ child }: Started, pattern: RegExp, seconds = 60): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const give = (error: Error): void => reject(error);
    const late = setTimeout(
      () => give(new Error(`Nothing like ${pattern} within ${seconds} s: ${heard}`)),
      seconds * 1_000,
    );
    const hear = (chunk: Buffer): void => {
      heard += chunk;
      const found = pattern.exec(heard)?.[1];
      if (found === undefined) return;
      clearTimeout(late);
      resolve(found);
    };
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', hear);
    child.once('error', give);
    child.once('exit', (code) => {
      clearTimeout(late);
      give(new Error(`It ended with ${code}: ${heard}`));
    });
  });
}
