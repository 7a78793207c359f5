// What crosses between the threads: errors come out as they went in, buffers go over without a copy.
import { describe, expect, expectTypeOf, it } from 'vitest';
import { GanvasError } from '../../src/config/errors.ts';
import { decodeError, encodeError } from '../../src/protocol/errors.ts';
import type { EventMessage, RequestMessage, RequestName, Requests } from '../../src/protocol/messages.ts';
import type { RendererRequestMessage, RendererRequests } from '../../src/protocol/rendering.ts';
import { allowedIn, isAllowed, type SessionState, transitions } from '../../src/protocol/states.ts';
import { transferablesOf } from '../../src/protocol/transfer.ts';
import { sentenceOf } from '../support/sentence.ts';

describe('an error', () => {
  it('keeps code, facts, kind and stack on its way', () => {
    const error = new GanvasError('npy-version', { file: { entry: 'x.npy', of: 'a.npz' }, version: 9 });
    const decoded = decodeError(structuredClone(encodeError(error)));
    expect(decoded).toBeInstanceOf(GanvasError);
    expect(decoded).toMatchObject({ ...error, stack: error.stack, message: error.message });
    expect(decoded).toMatchObject({ code: 'npy-version', kind: 'bad-file', facts: { version: 9 } });
    expect(sentenceOf(decoded)).toBe('x.npy in a.npz is of .npy version 9; 1 to 3 are known.');
  });

  it.each([
    [new TypeError('x is not a function'), 'x is not a function'],
    ['a string', 'a string'],
    [undefined, 'undefined'],
  ])('of ours inside is “internal”: %s', (error, message) => {
    const encoded = encodeError(error);
    expect(encoded).toMatchObject({ code: 'internal', facts: { message } });
    expect(sentenceOf(encoded)).toBe(`Something broke inside: ${message}`);
  });

  it('of an unknown code comes out as “internal”', () => {
    const decoded = decodeError({ code: 'toString' as never, facts: { message: 'm' }, stack: '' });
    expect(decoded).toMatchObject({ code: 'internal', kind: 'internal' });
    expect(sentenceOf(decoded)).toMatch(/^Something broke inside: toString/);
  });
});

describe('transferables', () => {
  it('are the buffers of whole arrays, each once, at any depth', () => {
    const whole = new Float32Array(4);
    const other = new Uint8Array(4);
    const found = transferablesOf({ a: whole, b: [{ c: other, again: whole }], d: null, e: 'text', f: 3 });
    expect(found).toEqual([whole.buffer, other.buffer]);
  });

  it('are ports, which cannot be cloned', () => {
    const { port1 } = new MessageChannel();
    expect(transferablesOf({ snapshots: port1 })).toEqual([port1]);
  });

  it('are not views into a larger buffer, which others may still use', () => {
    expect(transferablesOf({ view: new Float32Array(8).subarray(2, 4) })).toEqual([]);
  });
});

describe('the states', () => {
  const states = Object.keys(transitions) as SessionState[];

  it('can all be reached from the first one', () => {
    const reached = new Set<SessionState>(['empty']);
    for (const state of reached) for (const next of transitions[state]) reached.add(next);
    expect([...reached].sort()).toEqual([...states].sort());
  });

  it('all lead to failed, and failed leads out again', () => {
    for (const state of states) if (state !== 'failed') expect(transitions[state]).toContain('failed');
    expect(transitions.failed.length).toBeGreaterThan(0);
  });

  it('allow each request somewhere', () => {
    for (const request of Object.keys(allowedIn) as RequestName[]) {
      expect(states.some((state) => isAllowed(request, state))).toBe(true);
    }
  });
});

it('ties names to payloads at compile time', () => {
  expectTypeOf<keyof typeof allowedIn>().toEqualTypeOf<RequestName>();
  expectTypeOf<Extract<RequestMessage, { name: 'create' }>['payload']>().toEqualTypeOf<Requests['create']['send']>();
  expectTypeOf<Extract<RendererRequestMessage, { name: 'render' }>['payload']>().toEqualTypeOf<
    RendererRequests['render']['send']
  >();
  expectTypeOf<Extract<EventMessage, { name: 'grid' }>['payload']['realness']>().toEqualTypeOf<
    Float32Array<ArrayBuffer>
  >();
});
