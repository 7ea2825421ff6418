import { createMemoryStore } from '../../packages/connectors/src/github/__fixtures__/memory-store.ts';
import { atMost, exactly, type Figure } from './figure.ts';
import { countRows, withGithub } from './github-world.ts';

/** Item 1: what reading costs, and that nothing is lost to drift. */
export async function costFigures(): Promise<Figure[]> {
  return await withGithub({ pullRequests: 1_000, overflowShare: 0.05 }, async (world) => {
    const { store, twin, truth, repository, data, clock, people } = world;
    const figures: Figure[] = [];
    twin.faults.pageDrift = { probability: 1 };
    await store.pass();
    const names = twin.requests.map(({ operationName }) => operationName ?? 'REST');
    const forPullRequests = names.filter(
      (name) => name === 'Probe' || name.startsWith('PullRequest'),
    ).length;
    figures.push(
      atMost('1', '1,000 merged pull requests, 5 % overflowing: requests', forPullRequests, 60),
      {
        item: '1',
        name: 'the same with commits, issues, releases, deployments, runs, people: requests',
        value: names.length,
        bound: 'told',
        ok: true,
      },
    );
    twin.faults.pageDrift = null;
    const rows = store.rows();
    figures.push(
      exactly(
        '1',
        'pull requests under drift',
        countRows(rows, 'pullRequests'),
        truth.pullRequests,
      ),
      exactly('1', 'their commits', countRows(rows, 'pullRequestCommits'), truth.commits),
    );
    clock.advance(3_600_000);
    await store.pass();
    clock.advance(3_600_000);
    const before = twin.requests.length;
    await store.pass();
    figures.push(
      atMost('1', 'a pass with nothing new: requests', twin.requests.length - before, 3),
    );
    const [first] = repository.pullRequests.values();
    if (first !== undefined) {
      const author = people[3] ?? null;
      data.addReview(first, { state: 'APPROVED', submittedAt: clock.now() - 5_000, author });
    }
    const pass = await store.pass();
    figures.push(
      exactly(
        '1',
        'late reviews that came with the next pass',
        pass.given['pull_requests'] ?? 0,
        1,
      ),
    );
    return figures;
  });
}

/** Item 3: a reading that is cut off again and again, beside one that is not. */
export async function cutOffFigures(): Promise<Figure[]> {
  return await withGithub({ pullRequests: 600, overflowShare: 0.05 }, async (world) => {
    const { store, twin, config, clock } = world;
    const calm = createMemoryStore(config, clock);
    await calm.pass();
    const undisturbed = twin.requests.length;
    for (let cut = 0; cut < 6; cut += 1) await store.pass({ stopAfter: 4 + cut });
    await store.pass();
    const disturbed = twin.requests.length - undisturbed;
    const isSame = JSON.stringify(store.rows()) === JSON.stringify(calm.rows());
    return [
      {
        item: '3',
        name: 'requests when cut off six times, by those undisturbed',
        value: (disturbed / undisturbed).toFixed(2),
        bound: 'at most 1.5',
        ok: disturbed <= undisturbed * 1.5,
      },
      exactly('3', 'rows the same', isSame ? 1 : 0, 1),
    ];
  });
}
