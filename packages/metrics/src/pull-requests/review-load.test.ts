import type { DomainRows, MetricAnswer } from '@adjutant/core';
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

async function open(reviews: Review[], fields: Partial<DomainRows> = {}) {
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
    ['an account nobody knows', [review(2, '2026-04-18', null)]],
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
    const { items } = await world.handle.findPeople({ limit: 50 });
    const idOf = (login: string) =>
      items.find(({ accounts }) => accounts.some((account) => account.login === login))?.id ?? '';
    await world.handle.mergePeople(idOf('fay'), idOf('ada'));
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
    const { items, total } = await world.handle.explainMetric({ metricId: 'review_load', window });
    expect([items, total]).toEqual([[], 0]);
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
