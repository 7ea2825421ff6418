import { createAdjutant } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { github } from '../connector.ts';
import { createGithubData } from '../testing/data/github-data.ts';
import { startGithubTwin } from '../testing/start-github-twin.ts';

const now = Date.UTC(2026, 9, 1);
const minuteMs = 60_000;

/** A repository in which Ada commits under every address that she has, and Grace merges by squash. */
async function start() {
  const clock = createFakeClock(now);
  const data = createGithubData();
  const organization = data.addOrganization('acme');
  const ada = data.addActor({ login: 'ada', name: 'Ada' });
  const grace = data.addActor({ login: 'grace', name: 'Grace' });
  const repository = data.addRepository(organization, { name: 'widgets' });
  const addresses = [
    `${ada.id}+ada@users.noreply.github.com`,
    'ada@users.noreply.github.com',
    'ada@work.example',
    'ada@home.example',
  ];
  const commit = (email: string, at: number, committer?: { name: string; email: string }) => {
    const author = { name: 'Ada', email, at, actor: ada };
    const by = committer === undefined ? author : { ...committer, at, actor: null };
    const parents = repository.headOid === null ? [] : [repository.headOid];
    const added = data.addCommit(repository, { at, author, committer: by, parents });
    repository.headOid = added.oid;
    return added;
  };
  for (const [at, email] of addresses.entries()) commit(email, now - (20 - at) * minuteMs);
  const twin = await startGithubTwin({ data, clock });
  onTestFinished(() => twin.close());
  const config = { repositories: ['acme/widgets'], baseUrl: twin.url, token: twin.token };
  const adjutant = await createAdjutant({ store: ':memory:', connectors: [github(config)], clock });
  onTestFinished(() => adjutant.close());
  const people = async () => {
    const handle = adjutant.workspace().as(await adjutant.owner());
    const { items } = await handle.findPeople();
    return items.filter(({ accounts }) => accounts.length > 0);
  };
  return { adjutant, data, repository, ada, grace, addresses, commit, people };
}

describe('pain 12: one person under many addresses', () => {
  it('is one by the number that GitHub shows, where addresses make four of her', async () => {
    const { adjutant, ada, repository, people } = await start();
    const authors = [...repository.commits.values()].map(({ author }) => author.email);
    expect(new Set(authors).size).toBe(4);
    await adjutant.sync();
    const [only, ...others] = await people();
    expect(others).toEqual([]);
    expect(only?.accounts).toContainEqual(
      expect.objectContaining({ source: 'github', externalId: String(ada.id) }),
    );
  });

  it('is taken apart again by one word, and stays so', async () => {
    const { adjutant, people } = await start();
    await adjutant.sync();
    const handle = adjutant.workspace().as(await adjutant.owner());
    const [only] = await people();
    const claimed = { source: 'github', externalId: 'ada@home.example' };
    await handle.splitPerson(only?.id ?? '', [claimed]);
    expect(await people()).toHaveLength(2);
    await adjutant.sync({ mode: 'backfill' });
    expect(await people()).toHaveLength(2);
  });

  it('wrote what was squashed, where the committer of the squash is the hosting service', async () => {
    const { adjutant, data, repository, ada, grace, addresses, commit, people } = await start();
    const createdAt = now - 10 * minuteMs;
    const web = { name: 'GitHub', email: 'noreply@github.com' };
    const squashed = commit(addresses[2] ?? '', now - 5 * minuteMs, web);
    const request = data.addPullRequest(repository, { title: 'Two', createdAt, author: ada });
    data.merge(request, { at: now - 5 * minuteMs, by: grace, commit: squashed });
    // By committer the change is nobody's, and by who merged it it is Grace's.
    expect([squashed.committer.email, request.mergedBy?.login]).toEqual([web.email, 'grace']);
    await adjutant.sync();
    const names = (await people()).map(({ displayName }) => displayName).toSorted();
    expect(names).toEqual(['Ada', 'Grace']);
    const lines: string[] = [];
    for await (const line of adjutant.exportWorkspace()) lines.push(line);
    const row = lines.find((line) => line.startsWith('["commits"') && line.includes(squashed.oid));
    expect(row).toContain(`"${ada.id}"`);
    expect(row).not.toContain('noreply@github.com');
    expect(row).not.toContain(`"${grace.id}"`);
  });
});
