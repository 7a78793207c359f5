// What the bench, in Node, asks of the worker in the browser, and what it is answered.
import type { RunConfig } from '../../../src/config/run.ts';
import type { BackendInUse, BackendName, BackendOffer } from '../../../src/protocol/devices.ts';

/** What a worker measures: training steps of one of the two, or the large convolution that they are compared with. */
export type Task =
  | { readonly name: 'stock' | 'ours'; readonly config: RunConfig }
  | { readonly name: 'rate'; readonly batch: number; readonly repeat: number };

/** Flags of tfjs. */
export type StockFlags = Readonly<Record<string, boolean>>;

/** What tfjs says that it holds. */
export interface Held {
  readonly tensors: number;
  /** Of all tensors. */
  readonly bytes: number;
  /** WASM: its whole heap, which never shrinks. GPU: all textures and buffers, those kept for later included. */
  readonly allocated: number | null;
}

export interface Calls {
  survey: {
    send: null;
    reply: { offers: readonly BackendOffer[]; automatic: BackendInUse; cores: number; isolated: boolean };
  };
  /** Starts a backend as the page does, or as a user of tfjs does, with these flags. Says what it runs on. */
  start: { send: { backend: BackendName; plainly: StockFlags | null }; reply: string };
  /** Makes what is to be measured; what was made before goes. */
  make: { send: Task; reply: null };
  /** Runs it `count` times, each to its end on the device. */
  run: { send: { count: number }; reply: { ms: number[]; held: Held[] } };
}
export type CallName = keyof Calls;

/** What page.ts puts onto the page for Node. */
export interface BenchPage {
  call<Name extends CallName>(name: Name, payload: Calls[Name]['send']): Promise<Calls[Name]['reply']>;
}

/** Something that can be run again and again. */
export interface Work {
  /** Resolves when the device has finished. */
  step(): Promise<void>;
  dispose(): void;
}
