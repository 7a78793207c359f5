// A worker's place taken by the test: it sees what the page sends, and answers by hand.
import type { WorkerPort } from '../../src/app/client.ts';
import { presets } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { encodeError } from '../../src/protocol/errors.ts';
import type {
  EventName,
  Events,
  Metrics,
  RequestMessage,
  RequestName,
  Requests,
  RunDescription,
} from '../../src/protocol/messages.ts';

export class FakeWorker implements WorkerPort {
  readonly sent: RequestMessage[] = [];
  readonly transferred: Transferable[][] = [];
  terminated = false;
  readonly #listeners = new Map<string, ((event: MessageEvent) => void)[]>();

  postMessage(message: unknown, transfer: Transferable[]): void {
    this.sent.push(message as RequestMessage);
    this.transferred.push(transfer);
  }

  addEventListener(type: string, listener: (event: MessageEvent) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  terminate(): void {
    this.terminated = true;
  }

  fire(type: 'message' | 'error' | 'messageerror', event: object): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event as MessageEvent);
  }

  /** Requests of this name, oldest first. */
  named<Name extends RequestName>(name: Name): Extract<RequestMessage, { name: Name }>[] {
    return this.sent.filter((message) => message.name === name) as Extract<RequestMessage, { name: Name }>[];
  }

  /** Answers the newest request of this name. */
  async reply<Name extends RequestName>(name: Name, payload: Requests[Name]['reply']): Promise<void> {
    this.fire('message', { data: { kind: 'reply', id: this.#newest(name), ok: true, payload } });
    await settle();
  }

  async refuse(name: RequestName, error: unknown): Promise<void> {
    this.fire('message', { data: { kind: 'reply', id: this.#newest(name), ok: false, error: encodeError(error) } });
    await settle();
  }

  emit<Name extends EventName>(run: string | null, name: Name, payload: Events[Name]): void {
    this.fire('message', { data: { kind: 'event', run, name, payload } });
  }

  #newest(name: RequestName): number {
    const id = this.named(name).at(-1)?.id;
    if (id === undefined) throw new Error(`The page never sent “${name}”.`);
    return id;
  }
}

/** Lets the promises that can go on do so. */
export const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

export const describeRun = (run: string, config: RunConfig = presets.light.config): RunDescription => ({
  run,
  config,
  backend: { name: 'wasm', detail: 'SIMD, 2 threads', reason: 'There is no GPU.' },
  gridLatents: new Float32Array(64 * config.latent),
});

/** Metrics of consecutive steps from `first`, the same numbers in each unless given. */
export function metricsOf(first: number, count: number, losses: Partial<Record<keyof Metrics, number>> = {}): Metrics {
  const fill = (value: number) => new Float32Array(count).fill(value);
  return {
    steps: Uint32Array.from({ length: count }, (_, i) => first + i),
    discriminatorLoss: fill(losses.discriminatorLoss ?? 0.69),
    generatorLoss: fill(losses.generatorLoss ?? 0.7),
    accuracyReal: fill(losses.accuracyReal ?? 0.5),
    accuracyFake: fill(losses.accuracyFake ?? 0.5),
  };
}
