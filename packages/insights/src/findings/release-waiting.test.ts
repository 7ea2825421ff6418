import { expect, test } from 'vitest';
import { dayMs } from '../format.ts';
import { emptyFacts, evidenceRow, reportRepository } from '../testing/facts.ts';
import { fakeNow } from '../testing/fake-data.ts';
import { releaseWaiting } from './release-waiting.ts';

function repository(waiting: number, daysAgo: number, medianGapDays: number | null, name = 'api') {
  const rows = [evidenceRow({ id: `${name}-waiting` })];
  return reportRepository({
    name,
    releases: {
      last: evidenceRow({ key: 'v1.2.0', at: fakeNow - daysAgo * dayMs }),
      evidence: { rows: [], total: 3, totalIsLowerBound: false, order: 'newest first' },
      medianGapDays,
      waiting: { rows, total: waiting, totalIsLowerBound: false, order: 'newest first' },
      waitingKind: 'merge',
    },
  });
}

test('a release that is overdue by its own rhythm is found with what waits for it', () => {
  const result = releaseWaiting.evaluate(emptyFacts({ repositories: [repository(23, 41, 7)] }));
  if (result.outcome !== 'found') throw new Error('nothing was found');
  expect(result.finding.sentence).toBe(
    '23 merges in api wait for a release. The last, v1.2.0, is 41 days old; usually one follows after 7 days.',
  );
  expect(result.finding.evidence.rows.map(({ id }) => id)).toEqual(['api-waiting']);
});

test('of several overdue repositories the one with most waiting is told and the rest are counted', () => {
  const repositories = [repository(6, 41, 7, 'web'), repository(23, 41, 7, 'api')];
  const result = releaseWaiting.evaluate(emptyFacts({ repositories }));
  if (result.outcome !== 'found') throw new Error('nothing was found');
  expect(result.finding.sentence).toMatch(/^23 merges in api .* 1 other repository likewise\.$/);
});

test('a release within its rhythm, a slow rhythm and little waiting are not found', () => {
  for (const judged of [repository(23, 10, 7), repository(23, 41, 30), repository(4, 41, 7)]) {
    expect(releaseWaiting.evaluate(emptyFacts({ repositories: [judged] })).outcome).toBe('clear');
  }
});

test('where no release was ever seen, nothing is said of waiting', () => {
  const facts = emptyFacts({ repositories: [reportRepository()] });
  expect(releaseWaiting.evaluate(facts).outcome).toBe('unknown');
});
