import { createFakeClock } from '@adjutant/core/testing';
import { expect, it, onTestFinished } from 'vitest';
import { createMemoryStore } from './__fixtures__/memory-store.ts';
import { makeWorld } from './__fixtures__/make-world.ts';
import { startGithubTwin } from './testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);
const hourMs = 3_600_000;

it('tells whether the author pushed after a review, also without force', async () => {
  const clock = createFakeClock(to + hourMs);
  const { data, repository, people } = makeWorld({ pullRequests: 5, to });
  const [author = null, reviewer = null] = people;
  const first = data.addCommit(repository, { at: to });
  const request = data.addPullRequest(repository, {
    title: 'Wanted',
    createdAt: to,
    author,
    commits: [first],
  });
  const twin = await startGithubTwin({ data, clock });
  onTestFinished(() => twin.close());
  const store = createMemoryStore(
    { repositories: ['acme/large'], baseUrl: twin.url, token: twin.token },
    clock,
  );
  const ofRequest = (kind: string): Record<string, unknown>[] =>
    store
      .rows()
      .filter((row) => row.startsWith(`${kind} `))
      .map((row) => JSON.parse(row.slice(kind.length + 1)) as Record<string, unknown>)
      .filter((row) => row['pullRequestExternalId'] === String(request.id));
  data.addReview(request, {
    state: 'CHANGES_REQUESTED',
    submittedAt: clock.now() - 10_000,
    author: reviewer,
  });
  await store.pass();
  const review = ofRequest('pullRequestEvents').find(({ kind }) => kind === 'review');
  const latest = () =>
    Math.max(...ofRequest('pullRequestCommits').map(({ committedAt }) => Number(committedAt)));
  expect(review).toMatchObject({ state: 'changes_requested' });
  expect(latest()).toBeLessThan(Number(review?.['at']));
  clock.advance(hourMs);
  request.commits.push(data.addCommit(repository, { at: clock.now() - 20_000 }));
  request.updatedAt = clock.now() - 10_000;
  await store.pass();
  expect(latest()).toBe(clock.now() - 20_000);
  expect(latest()).toBeGreaterThan(Number(review?.['at']));
});
