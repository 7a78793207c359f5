import { describe, expect, it } from 'vitest';
import { firstToAnswer } from '../../src/data/firstToAnswer.ts';

/** Asks places that do what their name says; `asked` and `letGo` tell what was done to them. */
function trial(places: string[], leadMs: number, signal = new AbortController().signal) {
  const asked: string[] = [];
  const letGo: string[] = [];
  const ask = (place: string, placeSignal: AbortSignal, answered: () => void) => {
    asked.push(place);
    return new Promise<string>((resolve, reject) => {
      placeSignal.addEventListener('abort', () => {
        letGo.push(place);
        reject(new Error('let go'));
      });
      if (place.startsWith('fails')) reject(new Error('failure'));
      if (place.startsWith('bug')) reject(new TypeError('bug'));
      if (place.startsWith('answers')) {
        answered();
        setTimeout(() => (place.endsWith('then fails') ? reject(new Error('failure')) : resolve(`from ${place}`)), 30);
      }
    });
  };
  const isFailure = (_: string, error: unknown) => (error as Error).message === 'failure';
  return { asked, letGo, result: firstToAnswer({ places, leadMs, signal, ask, isFailure }) };
}

const never = 60_000;

describe('firstToAnswer', () => {
  it('asks only the first if it answers', async () => {
    const { result, asked } = trial(['answers', 'fails'], never);
    expect(await result).toEqual({ place: 'answers', value: 'from answers' });
    expect(asked).toEqual(['answers']);
  });

  it('asks the next at once when one fails', async () => {
    const { result, asked } = trial(['fails', 'fails too', 'answers'], never);
    expect(await result).toEqual({ place: 'answers', value: 'from answers' });
    expect(asked).toEqual(['fails', 'fails too', 'answers']);
  });

  it('asks the next when one is silent, and lets the silent one go', async () => {
    const { result, asked, letGo } = trial(['silent', 'silent too', 'answers'], 10);
    expect(await result).toEqual({ place: 'answers', value: 'from answers' });
    expect(asked).toEqual(['silent', 'silent too', 'answers']);
    expect(letGo).toContain('silent');
    expect(letGo).toContain('silent too');
  });

  it('asks nobody else once one has answered, however long the rest takes', async () => {
    const { result, asked } = trial(['answers', 'answers too'], 5);
    await result;
    expect(asked).toEqual(['answers']);
  });

  it('gives null when all failed, or the one that had answered', async () => {
    expect(await trial(['fails', 'fails too'], never).result).toBeNull();
    const { result, asked } = trial(['answers then fails', 'answers'], never);
    expect(await result).toBeNull();
    expect(asked).toEqual(['answers then fails']);
  });

  it('ends with an error that is no failure of the place', async () => {
    await expect(trial(['bug', 'answers'], never).result).rejects.toThrow('bug');
  });

  it('lets all go when cancelled', async () => {
    const controller = new AbortController();
    const { result, letGo } = trial(['silent', 'silent too'], 5, controller.signal);
    setTimeout(() => controller.abort(), 40);
    await expect(result).rejects.toThrow('let go');
    expect(letGo.sort()).toEqual(['silent', 'silent too']);
  });
});
