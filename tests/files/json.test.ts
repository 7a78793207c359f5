// JSON from outside: too deep or too much of it is refused before it is made into objects, and what is in a text counts
// for nothing.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { JsonProblem, readJson } from '../../src/files/json.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, most?: number) => readJson(bytes(text), most);
afterEach(() => {
  vi.restoreAllMocks();
});

const tooDeep = { fault: 'too-deep', most: 16 } as const;
const tooMany = { fault: 'too-many-values', most: 100_000 } as const;

describe('JSON of outside', () => {
  it.each([
    ['lists in lists', `${'['.repeat(17)}${']'.repeat(17)}`, tooDeep],
    ['lists that are never closed', '['.repeat(10_000), tooDeep],
    ['objects in objects', `${'{"a":'.repeat(17)}1${'}'.repeat(17)}`, tooDeep],
    ['empty objects', `[${'{},'.repeat(60_000)}{}]`, tooMany],
    ['numbers', `[${'0,'.repeat(100_000)}0]`, tooMany],
    ['members', `{${'"a":1,'.repeat(100_000)}"b":1}`, tooMany],
  ])('is refused before it is parsed: %s', (_, text, fault) => {
    const parse = vi.spyOn(JSON, 'parse');
    expect(() => read(text)).toThrow(new JsonProblem(fault));
    expect(parse).not.toHaveBeenCalled();
  });

  it('may have as many values as the caller says', () => {
    expect(read('[1,2,3,{"a":4}]', 6)).toEqual([1, 2, 3, { a: 4 }]);
    expect(() => read('[1,2,3,{"a":4}]', 4)).toThrow(new JsonProblem({ fault: 'too-many-values', most: 4 }));
    expect(read(`[${'0,'.repeat(150_000)}0]`, 1_000_000)).toHaveLength(150_001);
  });

  it('may have sixteen levels, one after the other', () => {
    const deep = `${'['.repeat(15)}${']'.repeat(15)}`;
    expect(read(`[${deep},${deep}]`)).toEqual(JSON.parse(`[${deep},${deep}]`));
  });

  it('may have any text, which is not looked into', () => {
    const text = JSON.stringify({ '[[{,"\\': `\\"${'[{,\\"'.repeat(20_000)}\\`, b: 'é[\u{1f600}{' });
    expect(read(text, 2)).toEqual(JSON.parse(text));
    for (const broken of ['"', '"\\', '["a\\"]', '{"a":1}}', ']', '"a"b"']) {
      expect(() => read(broken)).toThrow(new JsonProblem({ fault: 'not-json' }));
    }
  });
});
