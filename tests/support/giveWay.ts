// Several browsers share few cores here. Training takes all that there is; that it goes on is enough for most tests, so
// it yields to the pages and to what the tests do with them, and they take half the time.
import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';

const lookEveryMs = 250;
/**
 * About a tenth of what a page gets while both want a core, all of it otherwise. Less makes a measurement last for
 * seconds.
 */
const niceness = 10;

/** A process or thread may end between two looks at it. */
function throwUnlessEnded(error: unknown): void {
  if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
}

/** The parent of each process, and what it was started as. */
function processes(): Map<number, { readonly parent: number; readonly command: string }> {
  const found = new Map<number, { readonly parent: number; readonly command: string }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      found.set(Number(name), { parent, command: readFileSync(`/proc/${name}/cmdline`, 'utf8') });
    } catch (error) {
      throwUnlessEnded(error);
    }
  }
  return found;
}

/**
 * From now on the web workers of all browsers that this process has started, directly or not, yield to everything else.
 * Only on Linux, where a thread can be told so; elsewhere nothing happens.
 * @returns what ends it
 */
export function workersGiveWay(): () => void {
  if (process.platform !== 'linux') return () => undefined;
  const told = new Set<number>();
  const look = () => {
    const all = processes();
    const isOurs = (id: number): boolean => id === process.pid || (all.has(id) && isOurs(all.get(id)?.parent ?? 0));
    for (const [id, { command }] of all) {
      if (!command.includes('--type=renderer') || !isOurs(id)) continue;
      try {
        for (const name of readdirSync(`/proc/${id}/task`)) {
          const thread = Number(name);
          if (told.has(thread) || !readFileSync(`/proc/${id}/task/${name}/comm`, 'utf8').startsWith('DedicatedWorker'))
            continue;
          setPriority(thread, niceness);
          told.add(thread);
        }
      } catch (error) {
        throwUnlessEnded(error);
      }
    }
  };
  const timer = setInterval(look, lookEveryMs);
  return () => clearInterval(timer);
}
