// How the parts of the worker tell the page something: one function, typed by the protocol's events.
import type { Events } from '../../protocol/messages.ts';

export type Emit = <Name extends keyof Events>(name: Name, payload: Events[Name]) => void;
