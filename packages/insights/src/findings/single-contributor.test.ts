import { expect, test } from 'vitest';
import { emptyFacts, reportRepository } from '../testing/facts.ts';
import { singleContributor } from './single-contributor.ts';

const carried = (largestShare: number | null, commitsRead = 70) =>
  reportRepository({ name: 'infra', contributors: { people: 5, largestShare, commitsRead } });

test('a repository that rests on one person is found and names the repository, nobody else', () => {
  const facts = emptyFacts({
    contributors: 6,
    people: { humans: 1, codingAgents: 0, serviceBots: 0, roster: ['Ada Moreau'], rosterTotal: 1 },
    repositories: [carried(0.9)],
  });
  const result = singleContributor.evaluate(facts);
  if (result.outcome !== 'found') throw new Error('nothing was found');
  expect(result.finding.sentence).toBe(
    'infra rests on one person, who wrote at least 80 % of its last 70 commits.',
  );
  expect(JSON.stringify(result.finding)).not.toContain('Ada');
});

test('the sentence is the same however much of it is that one person’s', () => {
  const sentences = [0.8, 0.9, 1].map((share) => {
    const result = singleContributor.evaluate(
      emptyFacts({ contributors: 6, repositories: [carried(share)] }),
    );
    return result.outcome === 'found' ? result.finding.sentence : null;
  });
  expect(new Set(sentences).size).toBe(1);
  expect(sentences[0]).not.toBeNull();
});

test('spread work is not found', () => {
  const facts = emptyFacts({ contributors: 6, repositories: [carried(0.7)] });
  expect(singleContributor.evaluate(facts).outcome).toBe('clear');
});

test('people who cannot be told apart or are too few, and few commits, cannot be judged', () => {
  for (const repository of [carried(null), carried(0.9, 29)]) {
    const facts = emptyFacts({ contributors: 6, repositories: [repository] });
    expect(singleContributor.evaluate(facts).outcome).toBe('unknown');
  }
});
