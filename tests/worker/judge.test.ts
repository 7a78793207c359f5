// The classifier's weights come when they come: nobody waits for them, and a failure is told once and tried again.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GanvasError } from '../../src/config/errors.ts';
import { Judge } from '../../src/worker/quality/judge.ts';
import { sentenceOf } from '../support/sentence.ts';
import { shippedBytes } from '../support/shippedClassifier.ts';

afterEach(() => void vi.unstubAllGlobals());

/** A network on which each request waits for its answer. */
function network() {
  const answers: ((response: Response) => void)[] = [];
  const asked: string[] = [];
  vi.stubGlobal('fetch', (url: URL) => {
    asked.push(url.href);
    return new Promise<Response>((resolve) => answers.push(resolve));
  });
  return { asked, answer: (response: Response) => answers.shift()?.(response) };
}

function open() {
  const judge = new Judge();
  judge.pageUrl = 'https://example.com/ganvas/';
  return judge;
}

describe('the judge', () => {
  it('says that there is nothing yet while they are fetched, once, and has them from then on', async () => {
    const { asked, answer } = network();
    const judge = open();
    expect([judge.weights(), judge.weights()]).toEqual([null, null]);
    expect(asked).toEqual(['https://example.com/ganvas/classifier.safetensors']);
    answer(new Response(shippedBytes().slice()));
    await vi.waitFor(() => expect(judge.weights()).not.toBeNull());
    expect(judge.weights()).toBe(judge.weights());
    expect(asked).toHaveLength(1);
  });

  it('tells a failure once, and tries again when it is asked after that', async () => {
    const { asked, answer } = network();
    const judge = open();
    judge.weights();
    answer(new Response('', { status: 503 }));
    const failure = await vi.waitFor(() => {
      try {
        expect(judge.weights()).not.toBeNull();
      } catch (error) {
        if (error instanceof GanvasError) return error;
        throw error;
      }
      throw new Error('It has not failed.');
    });
    expect(failure.code).toBe('no-classifier');
    expect(sentenceOf(failure)).toMatch(/the server answered 503/);
    expect(asked).toHaveLength(1);
    expect(judge.weights()).toBeNull();
    expect(asked).toHaveLength(2);
    answer(new Response(shippedBytes().slice()));
    await vi.waitFor(() => expect(judge.weights()).not.toBeNull());
  });
});
