import type { AiClass, AiImpactComparison, AiImpactRow } from '@adjutant/core/domain';
import { expect, test } from 'vitest';
import { impactRow, impactRows } from '../__fixtures__/ai-impact-rows.ts';
import { seededRandom, shuffled } from '../__fixtures__/seeded-random.ts';
import { weekMs } from '../week-buckets.ts';
import { compare } from './compare.ts';
import { stratify, type TimedRow } from './strata.ts';

const monday = Date.UTC(2026, 8, 7);

/** Two arms of sixty by six people each; assistance goes with durations of about two thirds. */
function twoArms(seed = 5): AiImpactRow[] {
  const random = seededRandom(seed);
  const fields = (factor: number) => (): Partial<AiImpactRow> => ({
    hours: factor * Math.exp(3 + 0.8 * (random() + random() + random() - 1.5)),
    sizeLines: Math.floor(random() * 400),
    wasReverted30d: random() < 0.1,
    reworkRounds: Math.floor(random() * 3),
    mergedWithoutReview: random() < 0.2,
  });
  return [
    ...impactRows('assisted', 60, 6, fields(0.66)),
    ...impactRows('declared_none', 60, 6, fields(1)),
  ];
}

const figuresOf = ({ speed, strata, quality }: AiImpactComparison) => ({ speed, strata, quality });

test('the worked example of the two repositories: shorter over all, longer in each', () => {
  const timed = (aiClass: AiClass, repository: string, hours: number, count: number) =>
    impactRows(aiClass, count, 10, () => ({ repository, hours })) as TimedRow[];
  const strata = stratify(
    [...timed('assisted', 'S', 12, 40), ...timed('assisted', 'L', 60, 10)],
    [...timed('declared_none', 'S', 10, 10), ...timed('declared_none', 'L', 50, 40)],
  );
  expect(strata.pooledDifferenceHours).toBe(-38);
  expect(
    strata.strata.map(({ repository, medianDifferenceHours }) => [
      repository,
      medianDifferenceHours,
    ]),
  ).toEqual([
    ['L', 10],
    ['S', 2],
  ]);
  expect(strata.stratifiedDifferenceHours).toBeGreaterThan(0);
  expect(strata.simpson).toBe(true);
});

test('two arms with enough of everything are compared, speed never alone', () => {
  const comparison = compare(twoArms());
  expect(comparison.status).toBe('compared');
  expect(comparison.arms.assisted).toMatchObject({ pullRequests: 60, people: 6, withDuration: 60 });
  expect(comparison.speed?.shiftHours).toBeLessThan(0);
  expect(comparison.speed?.shiftInterval?.low).toBeLessThan(comparison.speed?.shiftHours ?? 0);
  expect(comparison.speed?.shiftInterval?.high).toBeGreaterThan(comparison.speed?.shiftHours ?? 0);
  expect(comparison.quality.map(({ id }) => id)).toEqual([
    'reverted_30d',
    'merged_without_review',
    'rework_rounds',
    'size_lines',
  ]);
  expect(comparison.quality.every(({ assisted }) => assisted.sampleSize === 60)).toBe(true);
  expect(comparison.caveats.join(' ')).toMatch(/cannot detect less than \d+ %/);
});

test('the words are "associated with", never "caused"', () => {
  for (const rows of [twoArms(), twoArms().map((row) => ({ ...row, hours: 10 }))]) {
    const { statement, caveats } = compare(rows);
    expect(statement).toMatch(/associated with/);
    expect(`${statement} ${caveats.join(' ')}`).not.toMatch(
      /caus|because of|thanks to|due to|saves/i,
    );
  }
});

test('pull requests without a mark or by agents change no arm and no figure', () => {
  const rows = twoArms();
  const unmarked = impactRows('unknown', 80, 9, () => ({ hours: 1_000, wasReverted30d: true }));
  const agents = Array.from({ length: 20 }, () =>
    impactRow({ aiClass: 'agent_authored', hours: 0.1 }),
  );
  const alone = compare(rows);
  const beside = compare([...rows, ...unmarked, ...agents]);
  expect(figuresOf(beside)).toEqual(figuresOf(alone));
  expect(beside.arms).toEqual(alone.arms);
  expect(beside.coverage.classes).toEqual({
    agent_authored: 20,
    assisted: 60,
    declared_none: 60,
    unknown: 80,
  });
  expect(beside.coverage.unknownShare).toBeCloseTo(80 / 220, 12);
  expect(beside.caveats.join(' ')).toMatch(/unknown is not human/);
});

test('unmarked pull requests are never an arm to compare with', () => {
  const { status, statement, speed } = compare([
    ...impactRows('assisted', 60, 6, () => ({ hours: 3 })),
    ...impactRows('unknown', 60, 6, () => ({ hours: 9 })),
  ]);
  expect({ status, speed }).toEqual({ status: 'insufficient_data', speed: null });
  expect(statement).toMatch(/^Insufficient data: .*unknown, not human\.$/);
});

test('one arm of four people hides both, the counts and the share of the unknown', () => {
  const { status, coverage, arms, statement } = compare([
    ...impactRows('assisted', 60, 4, () => ({ hours: 3 })),
    ...impactRows('declared_none', 60, 8, () => ({ hours: 9 })),
    ...impactRows('unknown', 30, 8),
  ]);
  expect(status).toBe('insufficient_data');
  expect(coverage).toMatchObject({ merged: 150, people: 20, classes: null, unknownShare: null });
  expect(
    [arms.assisted, arms.declaredNone].flatMap(({ id: _, ...told }) => Object.values(told)),
  ).toEqual(Array.from({ length: 12 }, () => null));
  expect(statement).toMatch(/fewer than 5 of them/);
});

test('under thirty in an arm there are counts only', () => {
  const { status, speed, quality, strata, arms } = compare([
    ...impactRows('assisted', 29, 6, () => ({ hours: 3 })),
    ...impactRows('declared_none', 90, 8, () => ({ hours: 9 })),
  ]);
  expect({ status, speed, quality, strata }).toEqual({
    status: 'counts_only',
    speed: null,
    quality: [],
    strata: null,
  });
  expect([arms.assisted.pullRequests, arms.assisted.people, arms.assisted.medianHours]).toEqual([
    29,
    6,
    null,
  ]);
});

test('a small team is told how many were merged and nothing else', () => {
  const answer = compare(impactRows('assisted', 12, 3, () => ({ hours: 4 })));
  expect(answer.coverage).toEqual({
    merged: 12,
    people: null,
    classes: null,
    unknownShare: null,
    open: 0,
  });
  expect(answer.statement).toBe(
    'Insufficient data: 12 pull requests were merged, by fewer than 5 people. Figures on the use of AI need 5 people or more.',
  );
});

test('nothing merged is insufficient data, and no 0 stands for an unknown', () => {
  const { status, speed, coverage, statement } = compare([]);
  expect([status, speed, coverage.unknownShare]).toEqual(['insufficient_data', null, null]);
  expect(statement).toMatch(/no merged pull request is known/);
});

test('what a filter left out by a handful of people keeps the rest from being told', () => {
  const rows = twoArms();
  expect(
    compare(rows, { leftOut: [[impactRow({ authorKey: 'alone', aiClass: 'assisted' })]] }).speed,
  ).toBeNull();
  expect(compare(rows, { leftOut: [twoArms(6)] }).speed).not.toBeNull();
});

test('two windows never differ by a week of a handful of people', () => {
  const rows = twoArms().map((row, place) => ({ ...row, mergedAt: monday + (place % 4) * weekMs }));
  const joiner = impactRow({
    aiClass: 'assisted',
    authorKey: 'joiner',
    hours: 1,
    mergedAt: monday + 4 * weekMs,
  });
  const before = { from: monday, to: monday + 4 * weekMs };
  const after = { from: monday, to: monday + 5 * weekMs };
  const all = [...rows, joiner];
  const { caveats, ...told } = compare(all, { window: after });
  const { caveats: _, ...toldBefore } = compare(all, { window: before });
  expect(told).toEqual(toldBefore);
  expect(caveats[0]).toMatch(
    /^1 week at the ends, in which fewer than 5 people merged, is left out/,
  );
  expect(compare(all, { window: before }).window).toEqual(before);
});

test('open pull requests are counted and stand in no figure', () => {
  const rows = twoArms();
  const open = impactRows('assisted', 7, 7, () => ({ isOpen: true, hours: 9_999 }));
  const answer = compare([...rows, ...open]);
  expect(answer.coverage).toMatchObject({ open: 7, merged: 120 });
  expect(figuresOf(answer)).toEqual(figuresOf(compare(rows)));
  expect(answer.caveats.join(' ')).toMatch(/7 pull requests are still open/);
});

test('the order of rows does not matter', () => {
  const rows = twoArms().map((row, place) => ({
    ...row,
    hours: Math.round(row.hours ?? 0),
    repository: `r${place % 2}`,
  }));
  const answer = compare(rows);
  for (let seed = 1; seed <= 5; seed += 1) {
    expect(compare(shuffled(rows, seededRandom(seed)))).toEqual(answer);
  }
});

test('longer durations in both arms scale the figures and keep the effect size', () => {
  const rows = twoArms();
  const [one, tenfold] = [rows, rows.map((row) => ({ ...row, hours: 8 * (row.hours ?? 0) }))].map(
    (each) => compare(each),
  );
  expect(tenfold?.speed?.shiftHours).toBeCloseTo(8 * (one?.speed?.shiftHours ?? 0), 9);
  expect(tenfold?.speed?.shiftInterval?.low).toBeCloseTo(
    8 * (one?.speed?.shiftInterval?.low ?? 0),
    9,
  );
  expect(tenfold?.speed?.cliffsDelta).toBe(one?.speed?.cliffsDelta);
});

test('no answer holds an author, whatever was asked', () => {
  for (const rows of randomTeams()) {
    const named = rows.map((row) => ({
      ...row,
      authorKey: row.authorKey === null ? null : `SECRET-${row.authorKey}`,
    }));
    expect(JSON.stringify(compare(named))).not.toContain('SECRET');
  }
});

test('whatever the team, no class and no figure is told of fewer than five people', () => {
  let told = 0;
  for (const rows of randomTeams()) {
    const { coverage, arms, speed, strata, quality } = compare(rows);
    const peopleOf = (aiClass: AiClass): number =>
      new Set(
        rows.flatMap((row) =>
          row.aiClass === aiClass && row.authorKey !== null ? [row.authorKey] : [],
        ),
      ).size;
    const smallArm = (['assisted', 'declared_none'] as const).some((aiClass) => {
      const count = rows.filter((row) => row.aiClass === aiClass).length;
      return count > 0 && peopleOf(aiClass) < 5;
    });
    const all = new Set(rows.flatMap(({ authorKey }) => authorKey ?? [])).size;
    if (smallArm || all < 5) {
      expect([coverage.classes, coverage.unknownShare, speed, strata]).toEqual([
        null,
        null,
        null,
        null,
      ]);
      expect(quality).toEqual([]);
      expect([arms.assisted.pullRequests, arms.declaredNone.pullRequests]).toEqual([null, null]);
    } else if (coverage.classes !== null) {
      told += 1;
      expect(Object.values(coverage.classes).reduce((sum, count) => sum + count, 0)).toBe(
        rows.length,
      );
    }
    expect(JSON.stringify({ coverage, arms, speed, strata })).not.toMatch(/NaN|Infinity/);
  }
  expect(told).toBeGreaterThan(10);
});

test('strata and their rest are of five people or more on both sides', () => {
  let outside = 0;
  for (const rows of randomTeams()) {
    const timed = (aiClass: AiClass) =>
      rows.filter((row): row is TimedRow => row.aiClass === aiClass && row.hours !== null);
    const [assisted, declaredNone] = [timed('assisted'), timed('declared_none')];
    const { strata, pullRequestsOutside } = stratify(assisted, declaredNone);
    const names = new Set(strata.map(({ repository }) => repository));
    for (const arm of [assisted, declaredNone]) {
      const rest = arm.filter(({ repository }) => !names.has(repository));
      if (strata.length === 0 || rest.length === 0) continue;
      expect(new Set(rest.map(({ authorKey }) => authorKey)).size).toBeGreaterThanOrEqual(5);
      outside += 1;
    }
    const inside = strata.reduce((sum, one) => sum + one.assisted + one.declaredNone, 0);
    expect(inside + pullRequestsOutside).toBe(assisted.length + declaredNone.length);
  }
  expect(outside).toBeGreaterThan(0);
});

/** Teams of one to thirty people with all manner of habits, the same in every run. */
function randomTeams(): AiImpactRow[][] {
  const random = seededRandom(42);
  const classes: AiClass[] = ['agent_authored', 'assisted', 'declared_none', 'unknown'];
  return Array.from({ length: 60 }, () => {
    const people = 1 + Math.floor(random() * 30);
    const kinds = 1 + Math.floor(random() * 4);
    return Array.from({ length: Math.floor(random() * 260) }, () => {
      const aiClass = classes[(4 - 1 - Math.floor(random() * kinds)) % 4] ?? 'unknown';
      const author = Math.floor(random() * people);
      return impactRow({
        aiClass,
        authorKey: aiClass === 'agent_authored' ? null : `p${author}`,
        hours: random() < 0.1 ? null : Math.floor(random() * 100),
        repository: `r${Math.floor(random() ** 2 * 4)}`,
        wasReverted30d: random() < 0.2 ? null : random() < 0.1,
      });
    });
  });
}
