// What is drawn beside a problem: Restart where its advice says to press it, and nothing else helps.
import { describe, expect, it } from 'vitest';
import { GanvasError } from '../../src/config/errors.ts';
import { problemOf, wantsRestart } from '../../src/page/state/problems.ts';

describe('Restart is offered', () => {
  it('beside a fault of ours on the page while there is no run, and not where it would end one', () => {
    const problem = problemOf(new Error('odd'), 'training');
    expect(wantsRestart(problem, 'failed')).toBe(true);
    expect(wantsRestart(problem, 'empty')).toBe(true);
    expect(wantsRestart(problem, 'training')).toBe(false);
  });

  it('where the memory did not do for a run, and not for a setting that is wrong', () => {
    expect(wantsRestart(problemOf(new GanvasError('device-memory', {}), 'settings'), 'failed')).toBe(true);
    expect(wantsRestart(problemOf(new GanvasError('settings-missing', {}), 'settings'), 'failed')).toBe(false);
  });

  it('whatever goes on, where a worker is lost', () => {
    expect(wantsRestart(problemOf(new GanvasError('renderer-crashed', { message: '' }), 'explore'), 'training')).toBe(
      true,
    );
  });
});
