import { expect, test } from 'vitest';
import { emptyFacts, reportRepository } from '../testing/facts.ts';
import { singleContributor } from './single-contributor.ts';

const carried = (largestShare: number | null, commitsRead = 70) =>
  reportRepository({ name: 'infra', contributors: { people: 2, largestShare, commitsRead } });

test('a repository that rests on one person is found and names the repository, nobody else', () => {
  const facts = emptyFacts({
    contributors: 6,
    people: { humans: 1, codingAgents: 0, serviceBots: 0, roster: ['Ada Moreau'], rosterTotal: 1 },
    repositories: [carried(0.93)],
  });
  const result = singleContributor.evaluate(facts);
  if (result.outcome !== 'found') throw new Error('nothing was found');
  expect(result.finding.sentence).toBe(
    'infra rests on one person, who wrote 93 % of its last 70 commits.',
  );
  expect(JSON.stringify(result.finding)).not.toContain('Ada');
});

test('spread work is not found', () => {
  const facts = emptyFacts({ contributors: 6, repositories: [carried(0.79)] });
  expect(singleContributor.evaluate(facts).outcome).toBe('clear');
});

test.each([3, 4])(
  'in a team of %d nothing is said, because it would point at a person',
  (contributors) => {
    const facts = emptyFacts({ contributors, repositories: [carried(0.93)] });
    expect(singleContributor.evaluate(facts).outcome).toBe('unknown');
  },
);

test('people who cannot be told apart, and few commits, cannot be judged', () => {
  for (const repository of [carried(null), carried(0.93, 29)]) {
    const facts = emptyFacts({ contributors: 6, repositories: [repository] });
    expect(singleContributor.evaluate(facts).outcome).toBe('unknown');
  }
});
