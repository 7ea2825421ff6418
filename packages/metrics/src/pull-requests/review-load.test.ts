import type { DomainRows, MetricAnswer } from '@adjutant/core';
import { defineMetric, type MetricDefinition } from '@adjutant/core/domain';
import { describe, expect, onTestFinished, test } from 'vitest';
import { utc } from '../__fixtures__/compute.ts';
import {
  accountOf,
  openWorld,
  repositoryOf,
  requestOf,
  reviewOf,
} from '../__fixtures__/open-world.ts';

// Weeks of the workspace are counted in fours from Mondays that no question moves.
const periods = ['2026-04-13', '2026-05-11', '2026-06-08'] as const;
const now = utc('2026-06-10');
const people = ['ada', 'bea', 'cem', 'dan', 'eve', 'fay'] as const;

type Review = ReturnType<typeof reviewOf>;

function review(
  number: number,
  at: string,
  by: string | null,
  fields: Parameters<typeof reviewOf>[2] = {},
): Review {
  return reviewOf(number, at, {
    externalId: `${number} ${by ?? 'somebody'} ${at}`,
    actorAccountExternalId: by,
    ...fields,
  });
}

async function open(
  reviews: Review[],
  fields: Partial<DomainRows> = {},
  more: readonly MetricDefinition[] = [],
) {
  const requests = Array.from({ length: 4 }, (_, position) =>
    requestOf(position + 1, '2026-04-14', position === 0 ? null : '2026-04-20'),
  );
  const world = await openWorld(
    {
      all: {
        repositories: [repositoryOf('shop'), repositoryOf('search')],
        accounts: [
          ...[...people, 'author'].map((name) => accountOf(name)),
          accountOf('robot', true),
        ],
        pullRequests: requests,
        pullRequestEvents: reviews,
        ...fields,
      },
    },
    now,
    more,
  );
  onTestFinished(() => world.close());
  return world;
}

type Window = readonly [from: string, to: string];
type World = Awaited<ReturnType<typeof open>>;

const ask = (
  { handle }: Pick<World, 'handle'>,
  [from, to]: Window = [periods[0], periods[1]],
): Promise<MetricAnswer> =>
  handle.metric({ metricId: 'review_load', window: { from: utc(from), to: utc(to) } });

/** Five people review one pull request each in the first period, and ada two more. */
const seven = [
  ...people.slice(0, 5).map((person) => review(1, '2026-04-15', person)),
  review(2, '2026-04-16', 'ada'),
  review(3, '2026-04-17', 'ada'),
];

describe('review_load', () => {
  test('is the pull requests that a reviewer reviews in a week', async () => {
    const answer = await ask(await open(seven));
    expect(answer).toMatchObject({ value: 7 / 5 / 4, sampleSize: 7, gaps: [] });
  });

  test.each<[string, Review[]]>([
    ['a second review of the same pull request', [review(2, '2026-04-18', 'ada')]],
    ['a comment outside a review', [review(2, '2026-04-18', 'bea', { kind: 'comment' })]],
    ['the author on the own pull request', [review(2, '2026-04-18', 'author')]],
    ['a bot', [review(2, '2026-04-18', 'robot')]],
    ['an account that is not named', [review(2, '2026-04-18', null)]],
    ['an account of nobody known', [review(2, '2026-04-18', 'stranger')]],
    ['a review of another period', [review(4, '2026-03-18', 'ada')]],
  ])('does not count %s', async (_what, more) => {
    expect(await ask(await open([...seven, ...more]))).toMatchObject({ value: 7 / 5 / 4 });
  });

  test('counts a review before the merge like one after it, and one of an open pull request', async () => {
    const later = review(4, '2026-04-30', 'bea');
    expect(await ask(await open([...seven, later]))).toMatchObject({ value: 8 / 5 / 4 });
  });

  test('is over whole periods, and so over the weeks of all of them', async () => {
    const next = people.slice(1).map((person) => review(4, '2026-05-12', person));
    const world = await open([...seven, ...next]);
    expect(await ask(world, ['2026-04-10', '2026-06-10'])).toMatchObject({
      value: 12 / 6 / 8,
      window: { from: utc(periods[0]), to: utc(periods[2]) },
    });
  });

  test('counts a person once whatever accounts the reviews were made with', async () => {
    const world = await open([...seven, review(2, '2026-04-18', 'fay')]);
    expect(await ask(world)).toMatchObject({ value: 8 / 6 / 4 });
    await mergeAccounts(world, 'fay', 'ada');
    expect(await ask(world)).toMatchObject({ value: 8 / 5 / 4 });
  });
});

describe('review_load, being a figure on people,', () => {
  test('tells no row, week, part or percentile', async () => {
    const world = await open(seven);
    const answer = await ask(world);
    expect(answer).toMatchObject({ parts: [], series: [], evidenceIds: [] });
    expect([answer.p50, answer.p75, answer.p90]).toEqual([null, null, null]);
    const window = { from: utc(periods[0]), to: utc(periods[1]) };
    const { items, total, excluded } = await world.handle.explainMetric({
      metricId: 'review_load',
      window,
    });
    expect([items, total, excluded]).toEqual([[], 0, []]);
  });

  test('is not told of fewer than five reviewers in any of its periods', async () => {
    const four = seven.filter(({ actorAccountExternalId }) => actorAccountExternalId !== 'eve');
    expect(await ask(await open(four))).toMatchObject({
      value: null,
      sampleSize: 0,
      caveats: [expect.stringContaining('fewer than five people')],
    });
    const joined = await open([...seven, review(4, '2026-05-12', 'fay')]);
    expect(await ask(joined)).toMatchObject({ value: 7 / 5 / 4 });
    expect(await ask(joined, [periods[0], periods[2]])).toMatchObject({ value: null });
  });

  test('is not told of a period that has not ended, or of a part of one', async () => {
    const world = await open(seven);
    for (const window of [
      ['2026-04-14', periods[1]],
      [periods[2], '2026-07-06'],
    ] satisfies Window[]) {
      expect(await ask(world, window)).toMatchObject({
        value: null,
        caveats: [expect.stringContaining('four whole weeks')],
      });
    }
  });

  test('is told of the whole workspace only', async () => {
    const { handle } = await open(seven);
    const [team] = await handle.teams();
    const window = { from: utc(periods[0]), to: utc(periods[1]) };
    const only = { value: null, caveats: [expect.stringContaining('whole workspace only')] };
    const ofTeam = await handle.forTeam(team?.id ?? '').metric({ metricId: 'review_load', window });
    expect(ofTeam).toMatchObject(only);
    const ofRepository = { metricId: 'review_load', window, repository: 'shop' };
    expect(await handle.metric(ofRepository)).toMatchObject(only);
    const filtered = { metricId: 'review_load', window, filter: { labels: ['bug'] } };
    await expect(handle.metric(filtered)).rejects.toMatchObject({ code: 'InvalidInput' });
    await expect(
      handle.rollups.read({ metricId: 'review_load', scope: { kind: 'workspace', key: '' } }),
    ).rejects.toMatchObject({ code: 'InvalidInput', hint: expect.stringContaining('on people') });
  });
});

describe('a metric of one’s own on reviews', () => {
  type Own = MetricDefinition<'review', 'id' | 'reviewedAt' | 'reviewer'>;
  const own = (fields: Partial<Own>): MetricDefinition => {
    const definition: Own = {
      id: 'own',
      title: 'Own',
      unit: 'count',
      definition: 'How many reviews there were.',
      source: 'this test',
      version: 1,
      subject: 'review',
      columns: ['reviewedAt', 'reviewer'],
      windowColumn: 'reviewedAt',
      better: 'neutral',
      compute: ({ columns }) => {
        const rows = Array.from({ length: columns.length }, (_, row) => row);
        return { ...told, value: rows.length, sampleSize: rows.length, evidence: rows };
      },
    };
    return defineMetric({ ...definition, ...fields });
  };
  const told = { p50: null, p75: null, p90: null, caveats: [] };
  const window = { from: utc(periods[0]), to: utc(periods[1]) };
  const answerOf = async (definition: MetricDefinition, reviews: Review[]) => {
    const { handle } = await open(reviews, {}, [definition]);
    const { value, sampleSize } = await handle.metric({ metricId: 'own', window });
    return [value, sampleSize];
  };
  const four = seven.filter(({ actorAccountExternalId }) => actorAccountExternalId !== 'eve');

  test('is told of five reviewers, and of four no more, whatever columns it reads', async () => {
    const counted = own({ columns: ['reviewedAt'] });
    expect(await answerOf(counted, seven)).toEqual([7, 7]);
    expect(await answerOf(counted, four)).toEqual([null, 0]);
  });

  test('is not told where nothing cuts it, or something else', async () => {
    const all = own({ columns: ['reviewer'], windowColumn: null });
    expect(await answerOf(all, seven)).toEqual([null, 0]);
  });

  test('is not told where fewer than five stand behind the rows that make it, or behind the others', async () => {
    // All five review on the first day, and ada alone after it.
    const some = (holds: (at: number) => boolean) =>
      own({
        compute: ({ columns }) => {
          const { reviewedAt } = columns;
          const evidence = [...reviewedAt.keys()].filter((row) => holds(reviewedAt[row] ?? 0));
          return { ...told, value: evidence.length, sampleSize: evidence.length, evidence };
        },
      });
    const firstDayEnds = utc('2026-04-16');
    expect(
      await answerOf(
        some((at) => at >= firstDayEnds),
        seven,
      ),
    ).toEqual([null, 0]);
    expect(
      await answerOf(
        some((at) => at < firstDayEnds),
        seven,
      ),
    ).toEqual([null, 0]);
    expect(
      await answerOf(
        some(() => true),
        seven,
      ),
    ).toEqual([7, 7]);
  });
});

test('a figure of reviews that was cited is not told again once fewer people stand behind it', async () => {
  const world = await open(seven);
  const { citationId, value } = await ask(world);
  const later = [...seven, review(4, '2026-04-19', 'bea')];
  await change(world, later);
  expect(await world.handle.explainCitation(citationId)).toMatchObject({
    verdict: 'changed',
    cited: { value },
    reasons: [expect.stringContaining('rows are not shown')],
  });
  await mergeAccounts(world, 'eve', 'ada');
  expect(await world.handle.explainCitation(citationId)).toMatchObject({
    verdict: 'cannot_tell',
    cited: { value: null, sampleSize: 0 },
  });
});

async function mergeAccounts({ handle }: World, from: string, to: string): Promise<void> {
  const { items } = await handle.findPeople({ limit: 50 });
  const idOf = (login: string) =>
    items.find(({ accounts }) => accounts.some((account) => account.login === login))?.id ?? '';
  await handle.mergePeople(idOf(from), idOf(to));
}

async function change(world: World, reviews: Review[]): Promise<void> {
  const { all } = world.records;
  world.records = { all: { ...all, pullRequestEvents: reviews } };
  await world.adjutant.sync();
}
