import { expect, test } from 'vitest';
import { dayMs } from '../format.ts';
import { emptyFacts, evidenceRow } from '../testing/facts.ts';
import { fakeNow } from '../testing/fake-data.ts';
import { openWorkStale } from './open-work-stale.ts';

function facts(...agesDays: number[]) {
  const rows = agesDays.map((days, index) =>
    evidenceRow({ id: `open-${index}`, at: fakeNow - days * dayMs }),
  );
  const evidence = { rows, total: rows.length, totalIsLowerBound: false, order: 'oldest first' };
  return emptyFacts({ openWork: { count: rows.length, oldestHours: null, evidence } });
}

test('pull requests open for weeks are found, oldest first', () => {
  const result = openWorkStale.evaluate(facts(40, 15, 3));
  if (result.outcome !== 'found') throw new Error('nothing was found');
  expect(result.finding.sentence).toBe(
    '2 pull requests of 3 open have been open for two weeks or longer, the oldest for 40 days.',
  );
  expect(result.finding.evidence.rows.map(({ id }) => id)).toEqual(['open-0', 'open-1']);
});

test('young open work, and one old pull request, are not found', () => {
  expect(openWorkStale.evaluate(facts(3, 2)).outcome).toBe('clear');
  expect(openWorkStale.evaluate(facts(40, 2)).outcome).toBe('clear');
});

test('a bare clone, which shows no open work, is not taken for a team without any', () => {
  expect(openWorkStale.evaluate(emptyFacts()).outcome).toBe('unknown');
});
