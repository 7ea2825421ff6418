import { createFakeClock } from '@adjutant/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from './__fixtures__/memory-store.ts';
import { makeWorld } from './__fixtures__/make-world.ts';
import { mergeFresh } from './__fixtures__/merge-fresh.ts';
import { type GithubTwin, startGithubTwin } from './testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);
const hourMs = 3_600_000;
const twins: GithubTwin[] = [];

afterEach(async () => {
  await Promise.all(twins.splice(0).map((twin) => twin.close()));
});

async function start(
  config: Readonly<Record<string, unknown>> = {},
  options: { pullRequests?: number } = {},
) {
  const clock = createFakeClock(to + 24 * hourMs);
  const world = makeWorld({ pullRequests: options.pullRequests ?? 30, to });
  const twin = await startGithubTwin({ data: world.data, clock });
  twins.push(twin);
  const whole = { repositories: ['acme/large'], baseUrl: twin.url, token: twin.token, ...config };
  return { ...world, clock, twin, config: whole, store: createMemoryStore(whole, clock) };
}

const count = (rows: readonly string[], kind: string, text = ''): number =>
  rows.filter((row) => row.startsWith(`${kind} `) && row.includes(text)).length;

/** What a store would hold that had never seen anything before. */
async function fresh({ config, clock }: Awaited<ReturnType<typeof start>>): Promise<string[]> {
  const store = createMemoryStore(config, clock);
  const pass = await store.pass();
  expect(pass.errors).toEqual([]);
  return store.rows();
}

describe('what changes at GitHub', () => {
  it('arrives: an opened, a merged and a commented pull request, an issue closed', async () => {
    const world = await start();
    const { store, data, repository, people, clock } = world;
    await store.pass();
    clock.advance(hourMs);
    mergeFresh(world, people[1] ?? null, clock.now());
    const issue = [...repository.issues.values()].find(({ state }) => state === 'OPEN');
    if (issue !== undefined) data.close(issue, { at: clock.now() - 4_000 });
    const pass = await store.pass();
    expect(pass.given).toMatchObject({ pull_requests: 1, issues: 1, commits: 1 });
    // Of what is merged, files are read from the first pass on.
    const rows = store.rows().filter((row) => !row.startsWith('pullRequestFiles '));
    expect(rows).toEqual(await fresh(world));
  });

  it('goes: a deleted pull request is found by counting, and removed', async () => {
    const world = await start();
    const { store, data, repository, clock } = world;
    await store.pass();
    const [first] = repository.pullRequests.values();
    if (first === undefined) throw new Error('There is none.');
    data.deletePullRequest(first);
    clock.advance(hourMs);
    await store.pass();
    expect(store.rows()).toEqual(await fresh(world));
  });

  it('moves: a rewritten default branch leaves only its own commits', async () => {
    const world = await start();
    const { store, data, repository, clock } = world;
    await store.pass();
    const before = count(store.rows(), 'commits');
    const root = [...repository.commits.values()].find(({ parents }) => parents.length === 0);
    const commit = data.addCommit(repository, {
      at: clock.now(),
      parents: root === undefined ? [] : [root.oid],
      message: 'Start over',
    });
    repository.headOid = commit.oid;
    clock.advance(hourMs);
    await store.pass();
    expect(store.rows()).toEqual(await fresh(world));
    expect(count(store.rows(), 'commits')).toBeLessThan(before);
    expect(store.gaps()).toContainEqual(expect.objectContaining({ code: 'history_rewritten' }));
  });

  it('stays the same repository when it is renamed', async () => {
    const world = await start();
    const { store, data, repository, clock } = world;
    await store.pass();
    const before = store.rows();
    data.renameRepository(repository, 'grown');
    clock.advance(hourMs);
    const pass = await store.pass();
    expect(pass.errors).toEqual([]);
    const row = store.rows().find((line) => line.startsWith('repositories '));
    expect(row).toContain('"fullName":"acme/grown"');
    expect(row).toContain(`"externalId":"${repository.id}"`);
    const scopes = [...store.places.values()].map(({ scope }) => scope);
    expect(scopes[0]?.formerUrls).toEqual([expect.stringMatching(/\/acme\/large$/)]);
    expect(count(store.rows(), 'pullRequests')).toBe(count(before, 'pullRequests'));
  });

  it('is kept when access is lost: nothing is removed, and the error says what to do', async () => {
    const { store, repository, clock } = await start();
    await store.pass();
    const before = store.rows();
    repository.isAccessible = false;
    clock.advance(hourMs);
    const pass = await store.pass();
    expect(pass.errors).toMatchObject([
      { code: 'NotFound', message: expect.stringContaining('acme/large') },
    ]);
    expect(store.rows()).toEqual(before);
  });
});

describe('what the credential may not read', () => {
  it.each([
    ['issues', 'workItems', 'not_permitted'],
    ['pull_requests', 'pullRequests', 'not_permitted'],
    ['deployments', 'deployments', 'not_permitted'],
    ['members', 'accountGroups', 'people_not_permitted'],
  ])('without %s all else is read, and a gap says so', async (permission, kind, code) => {
    const { store, twin } = await start({ organization: 'acme' });
    twin.denied.add(permission);
    const pass = await store.pass();
    expect(pass.errors).toEqual([]);
    expect(count(store.rows(), kind)).toBe(0);
    expect(count(store.rows(), 'commits')).toBeGreaterThan(0);
    expect(store.gaps()).toContainEqual(expect.objectContaining({ code }));
    // Given the permission, the next pass reads it.
    twin.denied.delete(permission);
    await store.pass();
    expect(count(store.rows(), kind)).toBeGreaterThan(0);
    expect(store.gaps().filter((gap) => gap.code === code)).toEqual([]);
  });

  it('keeps what was read before', async () => {
    const { store, twin, clock } = await start();
    await store.pass();
    const before = store.rows();
    twin.denied.add('issues');
    clock.advance(hourMs);
    await store.pass();
    expect(store.rows()).toEqual(before);
    expect(store.gaps()).toContainEqual(expect.objectContaining({ code: 'not_permitted' }));
  });

  it('reads repositories with a classic token that may not see the organization', async () => {
    const clock = createFakeClock(to + 24 * hourMs);
    const { data } = makeWorld({ pullRequests: 5, to });
    const twin = await startGithubTwin({ data, clock, scopes: ['repo'] });
    twins.push(twin);
    const config = { repositories: ['acme/large'], organization: 'acme' };
    const store = createMemoryStore({ ...config, baseUrl: twin.url, token: twin.token }, clock);
    const pass = await store.pass();
    expect(pass.errors).toEqual([]);
    expect(count(store.rows(), 'pullRequests')).toBe(5);
    expect(store.gaps()).toContainEqual(expect.objectContaining({ code: 'people_not_permitted' }));
  });
});

describe('what is read', () => {
  it('reads no repository that is not selected', async () => {
    const { data, repository, twin, clock, config } = await start();
    const other = data.addRepository(repository.owner, { name: 'secret-plans', createdAt: to });
    const author = repository.owner.members[0]?.actor ?? null;
    data.addPullRequest(other, { title: 'Hidden', createdAt: to, author, commits: [] });
    const byName = createMemoryStore(config, clock);
    await byName.pass();
    const picked = { ...config, repositories: [], organization: 'acme', select: ['lar*'] };
    const byPattern = createMemoryStore(picked, clock);
    await byPattern.pass();
    for (const store of [byName, byPattern]) {
      expect(count(store.rows(), 'pullRequests', 'Hidden')).toBe(0);
      expect(count(store.rows(), 'pullRequests')).toBeGreaterThan(0);
    }
    const asked = JSON.stringify(twin.requests.map(({ path, variables }) => [path, variables]));
    expect(asked).not.toContain('secret-plans');
  });

  it('takes deployments from their first source and says which', async () => {
    const own = await start({ workflows: { '*': ['deploy.yml'] } });
    await own.store.pass();
    expect(count(own.store.rows(), 'deployments', '"origin":"deployment"')).toBeGreaterThan(0);
    expect(count(own.store.rows(), 'deployments', '"origin":"workflow_run"')).toBe(0);
    expect(own.store.gaps()).toContainEqual(
      expect.objectContaining({ code: 'deployments_from_deployments' }),
    );
    for (const [source, origin] of [
      ['workflow_runs', 'workflow_run'],
      ['releases', 'release'],
      ['tags', 'tag'],
    ] as const) {
      const { store } = await start({
        workflows: { '*': ['deploy.yml'] },
        deploymentSources: [source],
      });
      await store.pass();
      const rows = store.rows();
      expect(count(rows, 'deployments', `"origin":"${origin}"`)).toBeGreaterThan(0);
      expect(count(rows, 'deployments')).toBe(count(rows, 'deployments', `"origin":"${origin}"`));
      expect(store.gaps()).toContainEqual(
        expect.objectContaining({ code: `deployments_from_${source}` }),
      );
    }
  });

  it('reads runs of the named workflows alone, and says where one is not there', async () => {
    const { store, data, repository, people, twin } = await start({
      workflows: { 'acme/large': ['deploy.yml', 'nowhere.yml'] },
    });
    const other = data.addWorkflow(repository, { name: 'Secret build' });
    const actor = people[0];
    if (actor !== undefined)
      data.addWorkflowRun(other, { createdAt: to, actor, headSha: 'a'.repeat(40) });
    await store.pass();
    expect(count(store.rows(), 'pipelineRuns')).toBeGreaterThan(0);
    expect(count(store.rows(), 'pipelineRuns', 'Secret')).toBe(0);
    expect(store.gaps()).toContainEqual(expect.objectContaining({ code: 'workflow_not_found' }));
    expect(twin.requests.filter(({ path }) => path.includes('secret'))).toEqual([]);
  });

  it('reads teams with their own members, and what one is part of', async () => {
    const { store } = await start({ organization: 'acme' });
    await store.pass();
    const rows = store.rows();
    expect(count(rows, 'accountGroups', '"slug":"acme/platform"')).toBe(1);
    expect(count(rows, 'accountGroups', '"parentExternalId":"team:')).toBe(1);
    expect(count(rows, 'accountGroupMembers', '"role":"maintainer"')).toBe(1);
    expect(count(rows, 'accountGroupMembers')).toBe(3);
  });

  it('reads the owners that CODEOWNERS names, again when the branch has moved', async () => {
    const { store, repository, data, clock } = await start();
    repository.files.set('docs/CODEOWNERS', '* @acme/nobody\n');
    repository.files.set('.github/CODEOWNERS', '* @acme/platform\n/web/ @ada # hers\n# none\n');
    await store.pass();
    const owners = () => store.rows().filter((row) => row.startsWith('repositoryOwners '));
    expect(owners()).toHaveLength(2);
    expect(owners().join()).toContain('"pattern":"/web/","owner":"@ada"');
    repository.files.set('.github/CODEOWNERS', '* @acme/other\n');
    const parents = repository.headOid === null ? [] : [repository.headOid];
    repository.headOid = data.addCommit(repository, { at: clock.now(), parents }).oid;
    clock.advance(hourMs);
    await store.pass();
    expect(owners()).toHaveLength(1);
    expect(owners()[0]).toContain('@acme/other');
  });

  it('leaves out what `since` excludes, and says so', async () => {
    const since = '2026-09-30';
    const all = await start();
    await all.store.pass();
    const { store } = await start({ since });
    await store.pass();
    const few = count(store.rows(), 'pullRequests');
    expect(few).toBeLessThan(count(all.store.rows(), 'pullRequests'));
    expect(store.gaps()).toContainEqual(
      expect.objectContaining({ code: 'history_limited', stream: 'pull_requests' }),
    );
  });

  it('goes on where a pass was cut off, and ends the same', async () => {
    const world = await start({}, { pullRequests: 400 });
    const calm = await fresh(world);
    const { store, twin } = world;
    const before = twin.requests.length;
    for (let cut = 0; cut < 4; cut += 1) await store.pass({ stopAfter: 3 });
    await store.pass();
    expect(store.rows()).toEqual(calm);
    expect(twin.requests.length - before).toBeGreaterThan(0);
  });

  it('reads again what a hint names', async () => {
    const { store, data, repository, people, clock } = await start();
    await store.pass();
    const [request] = repository.pullRequests.values();
    if (request === undefined) throw new Error('There is none.');
    const place = [...store.places.values()].find(({ stream }) => stream.id === 'pull_requests');
    const id = [...(place?.records.keys() ?? [])].find((key) =>
      JSON.stringify(place?.records.get(key)).includes(`"number":${request.number},`),
    );
    data.addReview(request, {
      state: 'CHANGES_REQUESTED',
      submittedAt: clock.now(),
      author: people[2] ?? null,
    });
    const pass = await store.pass({ mode: 'refetch', ids: id === undefined ? [] : [id] });
    expect(pass.given['pull_requests']).toBe(1);
    expect(count(store.rows(), 'pullRequestEvents', `"at":${clock.now()}`)).toBe(1);
  });
});
