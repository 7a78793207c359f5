// Every sentence that a visitor reads comes from the catalogue: none stands elsewhere, and another language takes the
// place of all.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the samples are source text
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets.ts';
import { OneStep } from '../../src/ui/explain/OneStep.tsx';
import { english } from '../../src/ui/words/en/index.ts';
import { currentWords, speak, type Words } from '../../src/ui/words/words.ts';
import { sentencesIn } from '../support/sentences.ts';

const source = resolve(import.meta.dirname, '../../src');

/** The catalogue itself. */
const catalogue = join('ui', 'words', 'en') + sep;

const searched = [
  'ui',
  ...['client', 'device', 'explore', 'preferences', 'runHistory', 'state'].map((name) => join('page', name)),
];

const files = searched.flatMap((folder) =>
  readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith(catalogue)),
);

describe('sentences outside the catalogue', () => {
  it.each(files)('%s has none', (file) => {
    expect(sentencesIn(readFileSync(join(source, file), 'utf8'), file.endsWith('x'))).toEqual([]);
  });

  it.each([
    ['text', 'const A = () => <p>Nothing yet</p>;', ['Nothing yet']],
    ['one word', 'const A = () => <button>{on ? "Stop" : words.play}</button>;', ['Stop']],
    ['after a condition', 'const A = () => <p>{n > 0 && `${n} left`}</p>;', ['left']],
    ['a label', 'const A = () => <svg aria-label="Curves" />;', ['Curves']],
    ['a tip made of parts', 'const A = () => <p title={`Back to ${n}`} />;', ['Back to']],
    ['a hint', 'const A = () => <input placeholder="off" />;', ['off']],
    ['an own component’s prop', 'const A = () => <Field label={a ? words.x : "Seed"} />;', ['Seed']],
    ['a constant', 'const text = "The browser says no.";', ['The browser says no.']],
    ['a function’s template', 'const f = (n) => `about ${n} epochs are left`;', ['epochs are left']],
    ['the title of the tab', 'document.title = `${share} · Ganvas`;', ['· Ganvas']],
  ])('are found: %s', (_, code, texts) => {
    expect(sentencesIn(code, true).map(({ text }) => text)).toEqual(texts);
  });

  it.each([
    'const A = () => <p className="hidden text" data-tone="warning" role="status">{words.a}</p>;',
    'const A = () => <p>{state === "live" ? words.live : words.newest} · {format.count(3)}</p>;',
    'const A = () => <path d="M2 2l8 8M10 2l-8 8" stroke="var(--ink)" />;',
    'throw new Error("No page around this part.");',
    'const x: "one kind" = other;',
  ])('are not found in %s', (code) => {
    expect(sentencesIn(code, true)).toEqual([]);
  });
});

describe('another language', () => {
  afterEach(() => speak(english));

  /** English with another heading: enough to see that a part asks for its words each time. */
  const german: Words = {
    ...english,
    language: 'de',
    explain: { ...english.explain, oneStep: 'Ein Trainingsschritt' },
  };

  it('takes the place of English at once', () => {
    const step = (): string => renderToStaticMarkup(createElement(OneStep, { config: presets.tutorial.config }));
    expect(step()).toContain('One training step');
    speak(german);
    expect(step()).toContain('Ein Trainingsschritt');
    expect(step()).not.toContain('One training step');
    expect(currentWords().language).toBe('de');
  });

  it('does not compile with a sentence missing, or one that is made of other facts', () => {
    const { line: _, ...lacking } = english.shell;
    // @ts-expect-error the line is missing
    const one: Words = { ...english, shell: lacking };
    // @ts-expect-error a step is counted, not named
    const two: Words = { ...english, charts: { ...english.charts, newest: (step: string) => step } };
    expect([one.language, two.language]).toEqual(['en', 'en']);
  });
});
