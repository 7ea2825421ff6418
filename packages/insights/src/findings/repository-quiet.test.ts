import { expect, test } from 'vitest';
import { dayMs } from '../format.ts';
import { emptyFacts, reportRepository } from '../testing/facts.ts';
import { fakeNow } from '../testing/fake-data.ts';
import { repositoryQuiet } from './repository-quiet.ts';

const quiet = (days: number, fields = {}) =>
  reportRepository({ lastCommitAt: fakeNow - days * dayMs, ...fields });

test('a busy repository that fell silent is found', () => {
  const repositories = [quiet(61, { name: 'tokens' }), reportRepository()];
  const result = repositoryQuiet.evaluate(emptyFacts({ repositories }));
  if (result.outcome !== 'found') throw new Error('nothing was found');
  expect(result.finding.sentence).toContain('tokens has had no commit for 61 days');
});

test('silence of everything weighs more than silence of one among several', () => {
  const one = repositoryQuiet.evaluate(
    emptyFacts({ repositories: [quiet(61), reportRepository()] }),
  );
  const all = repositoryQuiet.evaluate(emptyFacts({ repositories: [quiet(61)] }));
  if (one.outcome !== 'found' || all.outcome !== 'found') throw new Error('nothing was found');
  expect(all.finding.severity).toBeGreaterThan(one.finding.severity);
});

test('a pause as long as this repository often makes is not found', () => {
  const slow = quiet(40, { commitCount: 30 });
  expect(repositoryQuiet.evaluate(emptyFacts({ repositories: [slow] })).outcome).toBe('clear');
});

test('a repository that hardly began cannot be judged', () => {
  const small = quiet(61, { commitCount: 12 });
  expect(repositoryQuiet.evaluate(emptyFacts({ repositories: [small] })).outcome).toBe('unknown');
});
