import { expect, test } from 'vitest';
import type { FirstInstant } from './group-members.ts';
import type { RollupGroup } from './rollup-groups.ts';
import { movesMembers, type RollupMark } from './rollup-marks.ts';

const dayMs = 86_400_000;
const merged: RollupGroup = {
  key: 'pull_request mergedAt',
  subject: 'pull_request',
  windowColumn: 'mergedAt',
  definitions: [],
};
/** The repository `api` is shown from noon of the tenth day on. */
const firsts: Record<string, FirstInstant[]> = {
  all: [['github', 'api', 10.5 * dayMs]],
  'team platform': [['github', 'api', 10.5 * dayMs]],
};

function mark(changed: Partial<RollupMark>): RollupMark {
  return {
    subject: 'pull_request',
    windowColumn: 'mergedAt',
    day: 11,
    source: 'github',
    repositoryExternalId: 'api',
    times: 1,
    ...changed,
  };
}

test.each<[string, Partial<RollupMark>, boolean]>([
  ['after the first day of its repository', {}, false],
  ['on the first day, which may move the first instant', { day: 10 }, true],
  ['before the first day', { day: 3 }, true],
  ['by another instant', { day: 3, windowColumn: 'openedAt' }, false],
  ['of a repository without a row so far', { repositoryExternalId: 'web' }, true],
  ['of a namesake in another source', { source: 'gitlab' }, true],
  ['that may be anybody’s', { source: '', repositoryExternalId: '' }, true],
  ['of another subject', { day: 3, subject: 'release' }, false],
])('a change %s', (_, changed, moves) => {
  expect(movesMembers(merged, [mark(changed)], firsts)).toBe(moves);
});

test('a deployment may name a service of its own, so any change of one moves members', () => {
  const finished = { ...merged, subject: 'deployment', windowColumn: 'finishedAt' } as const;
  const late = mark({ subject: 'deployment', windowColumn: 'finishedAt', day: 400 });
  expect(movesMembers(finished, [late], firsts)).toBe(true);
  expect(movesMembers({ ...finished, subject: 'incident' }, [late], firsts)).toBe(true);
});
