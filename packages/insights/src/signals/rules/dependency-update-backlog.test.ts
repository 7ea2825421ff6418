import { describe, expect, it } from 'vitest';
import { repositorySubject } from '../testing/delivery-subjects.ts';
import { dayMs, judgeRule, now } from '../testing/judge-rule.ts';
import { dependencyUpdateBacklog } from './dependency-update-backlog.ts';

const open = (...daysAgo: number[]) =>
  repositorySubject({
    openDependencyUpdates: daysAgo.length,
    dependencyUpdates: daysAgo.map((days, position) => ({
      id: `update-${position}`,
      openedAt: now - days * dayMs,
    })),
  });

describe('dependency updates', () => {
  it('pile up when the fifth of them is two weeks old', () => {
    expect(judgeRule(dependencyUpdateBacklog, open(40, 30, 20, 18, 16, 2))).toMatchObject({
      since: now - 2 * dayMs,
      sentence: 'shop has 5 dependency updates that have been open for 14 days or more.',
      evidence: ['repository-1', 'update-0', 'update-1', 'update-2', 'update-3', 'update-4'],
    });
  });

  it('are no backlog any more when fewer than three are left', () => {
    const left = open(40, 30, 20);
    expect(judgeRule(dependencyUpdateBacklog, left)).toBeNull();
    expect(judgeRule(dependencyUpdateBacklog, left, { isOpen: true })).not.toBeNull();
    expect(judgeRule(dependencyUpdateBacklog, open(40, 30), { isOpen: true })).toBeNull();
  });

  it('are none while they are new', () => {
    expect(judgeRule(dependencyUpdateBacklog, open(...Array(12).fill(3)))).toBeNull();
  });
});
