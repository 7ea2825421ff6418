import { describe, expect, it } from 'vitest';
import { pipelineSubject } from '../testing/delivery-subjects.ts';
import { hourMs, judgeRule, now } from '../testing/judge-rule.ts';
import { redMainBranch } from './red-main-branch.ts';

const red = (hours: number, failuresInRow: number, fields = {}) =>
  pipelineSubject({
    lastResult: 'failure',
    failingSince: now - hours * hourMs,
    failingHours: hours,
    failuresInRow,
    laterCommitCount: 0,
    ...fields,
  });

describe('red main branch', () => {
  it('is found after an hour, or at the second failure', () => {
    expect(judgeRule(redMainBranch, red(3, 1))).toMatchObject({
      since: now - 3 * hourMs,
      sentence: 'shop build fails on the default branch, for 3 hours.',
    });
    expect(judgeRule(redMainBranch, red(0.2, 2))).toMatchObject({
      sentence: 'shop build fails on the default branch.',
    });
  });

  it('is over with the next run that passes', () => {
    expect(judgeRule(redMainBranch, pipelineSubject(), { isOpen: true })).toBeNull();
  });

  it('leaves out a failure that is being looked at, and pipelines that are run no more', () => {
    expect(judgeRule(redMainBranch, red(0.9, 1))).toBeNull();
    expect(judgeRule(redMainBranch, red(300, 4, { laterCommitCount: 10 }))).toBeNull();
  });

  it('cannot be told of a pipeline that never ran on the default branch', () => {
    const unknown = pipelineSubject({ lastResult: 'unknown' });
    expect(judgeRule(redMainBranch, unknown)).toHaveProperty('unknown');
  });

  it('proposes to run again what failed once, and nothing once it failed again', () => {
    const context = { now, isOpen: false, timeZone: 'UTC' };
    expect(redMainBranch.suggest(red(3, 1), context)).toMatchObject([
      { type: 'workflow.rerun', payload: { repository: 'acme/shop', runId: 77 } },
    ]);
    expect(redMainBranch.suggest(red(3, 2), context)).toEqual([]);
    expect(redMainBranch.suggest(red(3, 1, { source: 'events' }), context)).toEqual([]);
  });
});
