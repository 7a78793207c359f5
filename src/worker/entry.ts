// The worker's wiring: one session, this thread's port, the backends of this browser.

import { openCheckpoints } from '../files/checkpoints.ts';
import type { Port } from '../protocol/envelope.ts';
import type { RequestMessage } from '../protocol/messages.ts';
import { type Backends, findBackends } from './device/backend.ts';
import { DatasetLibrary } from './run/datasets.ts';
import { Session } from './session.ts';
import { refuseSecondRun } from './shared/runsOnce.ts';

refuseSecondRun();

const port = self as unknown as Port;
let backends: Promise<Backends> | null = null;

const session = new Session(port, {
  backends: () => {
    backends ??= findBackends((error) => session.fail(error));
    return backends;
  },
  datasets: new DatasetLibrary(),
  checkpoints: openCheckpoints,
});

port.addEventListener('message', ({ data }: MessageEvent<RequestMessage>) => void session.receive(data));
