// A backend as the page starts it, but without the self-test, which takes an emulated GPU ten seconds: for tests of what it computes.
import type { BackendInUse, BackendName } from '../../src/protocol/devices.ts';
import type { Backends } from '../../src/worker/device/backend.ts';
import { tiny } from './configs.ts';

/** @throws as `Backends.start` does */
export function startUnchecked(backends: Backends, name: BackendName): Promise<BackendInUse> {
  const detail = backends.offers.find((offer) => offer.name === name)?.detail ?? '';
  backends.trust({ backend: { name, detail }, config: tiny });
  return backends.start(name, { config: tiny });
}
