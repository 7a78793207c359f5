// Which world the code under test runs in: its clock, timers, waits and names take the place of the real ones.
import { vi } from 'vitest';
import type { World } from './world.ts';

let world: World | null = null;

export function theWorld(): World {
  if (world === null) throw new Error('No model run is in progress.');
  return world;
}

/** No line between the two workers: nobody draws here. */
class NoMessageChannel {
  readonly port1 = new NoPort();
  readonly port2 = new NoPort();
}

export class NoPort {
  close(): void {}
  start(): void {}
  postMessage(): void {}
  addEventListener(): void {}
}

/** From now until `leave` everything runs in this world. @returns what has it be as before */
export function enter(entered: World): () => void {
  world = entered;
  vi.stubGlobal('setTimeout', (fire: () => void, ms = 0) => entered.setTimer(fire, ms, false));
  vi.stubGlobal('setInterval', (fire: () => void, ms = 0) => entered.setTimer(fire, ms, true));
  vi.stubGlobal('clearTimeout', (id: number) => entered.clearTimer(id));
  vi.stubGlobal('clearInterval', (id: number) => entered.clearTimer(id));
  vi.stubGlobal('performance', { now: () => entered.now });
  vi.stubGlobal('MessageChannel', NoMessageChannel);
  vi.stubGlobal('fetch', async () => {
    await entered.turn('fetch');
    throw new Error('There is no network here.');
  });
  const date = vi.spyOn(Date, 'now').mockImplementation(() => 1_700_000_000_000 + Math.round(entered.now));
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => {
    const what = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    entered.violate(`A rejection in ${entered.current.name} that nobody handles: ${what}`);
  });
  return () => {
    world = null;
    process.removeAllListeners('unhandledRejection');
    for (const listener of others) process.on('unhandledRejection', listener);
    date.mockRestore();
    vi.unstubAllGlobals();
  };
}
