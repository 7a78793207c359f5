// What runs are called: the same two words at every visit, or what the visitor calls them.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepRunNames, longestName, maxNames, recallRunNames, renamed } from '../../src/page/preferences/runNames.ts';
import { english } from '../../src/ui/words/en/index.ts';
import { givenName, runNamed } from '../../src/ui/words/runNamed.ts';

describe('the name of a run', () => {
  it('follows from its id, and differs for ids that are alike', () => {
    const names = Array.from({ length: 200 }, (_, i) => givenName(`mf3k2a-${i}-77`, english));
    expect(givenName('mf3k2a-5-77', english)).toBe(names[5]);
    expect(names[0]).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
    expect(new Set(names).size).toBeGreaterThan(180);
  });

  it('has words that differ from each other', () => {
    const { first, second } = english.runNames;
    expect(new Set([...first, ...second]).size).toBe(first.length + second.length);
  });

  it('is the visitor’s where there is one', () => {
    expect(runNamed('a', { a: 'Without dropout' }, english)).toBe('Without dropout');
    expect(runNamed('b', { a: 'Without dropout' }, english)).toBe(givenName('b', english));
  });
});

describe('names that the visitor gives', () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('outlast the visit, trimmed and cut; an empty one gives the first name back', () => {
    const names = renamed(renamed({}, 'a', '  Best  '), 'b', 'x'.repeat(99));
    keepRunNames(names);
    expect(recallRunNames()).toEqual({ a: 'Best', b: 'x'.repeat(longestName) });
    expect(renamed(names, 'a', ' ')).toEqual({ b: 'x'.repeat(longestName) });
  });

  it('are as many as there is use for, and nothing else', () => {
    let names = {};
    for (let i = 0; i < maxNames + 5; i++) names = renamed(names, `run-${i}`, 'Name');
    expect(Object.keys(names)).toHaveLength(maxNames);
    localStorage.setItem('ganvas-run-names', JSON.stringify({ a: 5, b: 'Fine', c: '' }));
    expect(recallRunNames()).toEqual({ b: 'Fine' });
    localStorage.setItem('ganvas-run-names', 'null');
    expect(recallRunNames()).toEqual({});
  });
});
