import { createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { makeWorld, type WorldOptions } from './__fixtures__/make-world.ts';
import { createMemoryStore } from './__fixtures__/memory-store.ts';
import { mergeFresh } from './__fixtures__/merge-fresh.ts';
import { askGraphql, askRest } from './testing/ask-twin.ts';
import { type GithubTwin, startGithubTwin } from './testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);
const hourMs = 3_600_000;

// Each pain is shown twice in one world: by the way that has it, and by ours.

async function start(options: Partial<WorldOptions> = {}) {
  const clock = createFakeClock(to + 24 * hourMs);
  const world = makeWorld({ pullRequests: 60, seed: 3, to, ...options });
  const twin = await startGithubTwin({ data: world.data, clock, seed: 3 });
  onTestFinished(() => twin.close());
  const config = { repositories: ['acme/large'], baseUrl: twin.url, token: twin.token };
  return { ...world, clock, twin, config, store: createMemoryStore(config, clock) };
}

interface Node {
  number: number;
  updatedAt: string;
  author: { login: string } | null;
}
interface Page {
  repository: {
    pullRequests: { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  };
}

interface History {
  repository: { defaultBranchRef: { target: { history: { nodes: { oid: string }[] } } } };
}

/** The walk that comes to mind first: page after page by one order, until there are no more. */
async function walk(twin: GithubTwin, orderBy: string, size = 10, more = ''): Promise<Node[]> {
  const found: Node[] = [];
  for (let after: string | null = null; ; ) {
    const query = `query($after: String) { repository(owner: "acme", name: "large") {
      pullRequests(first: ${size}, after: $after, orderBy: ${orderBy}) {
        nodes { number updatedAt author { login } ${more} } pageInfo { hasNextPage endCursor } } } }`;
    const answer: { status: number; data: Page | null } = await askGraphql<Page>(twin, query, {
      after,
    });
    if (answer.data === null) throw new Error(`GitHub answered ${answer.status}.`);
    const page: Page['repository']['pullRequests'] = answer.data.repository.pullRequests;
    found.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
}

function numbersIn(store: ReturnType<typeof createMemoryStore>): number[] {
  return rowsOf(store, 'pullRequests').map(({ number }) => z.number().parse(number));
}

function rowsOf(store: ReturnType<typeof createMemoryStore>, kind: string) {
  const lines = store.rows().filter((row) => row.startsWith(`${kind} `));
  const schema = z.record(z.string(), z.unknown());
  return lines.map((row) => schema.parse(JSON.parse(row.slice(kind.length + 1))));
}

describe('pain 1: paging by the last change drops rows', () => {
  it('loses none where a walk by UPDATED_AT loses some', async () => {
    const naive = await start();
    naive.twin.faults.pageDrift = { probability: 1 };
    const found = await walk(naive.twin, '{field: UPDATED_AT, direction: DESC}');
    expect(new Set(found.map(({ number }) => number)).size).toBeLessThan(60);
    const ours = await start();
    ours.twin.faults.pageDrift = { probability: 1 };
    await ours.store.pass();
    expect(new Set(numbersIn(ours.store)).size).toBe(60);
  });
});

describe('pain 2: large pages end with 502', () => {
  const nested = `reviews(first: 100) { nodes { state } } commits(first: 100) { nodes { commit { oid } } }
    comments(first: 100) { nodes { createdAt } }`;

  it('reads all in smaller pages where one size for all ends the walk', async () => {
    const { twin, store } = await start({ pullRequests: 120, overflowShare: 0.2 });
    twin.limits.weight = 500;
    const order = '{field: CREATED_AT, direction: ASC}';
    await expect(walk(twin, order, 100, nested)).rejects.toThrow('GitHub answered 502');
    const before = twin.requests.length;
    expect((await store.pass()).errors).toEqual([]);
    expect(numbersIn(store)).toHaveLength(120);
    const tooHeavy = twin.requests.slice(before).filter(({ status }) => status === 502);
    // It learns the size, and does not run into every page again.
    expect(tooHeavy.length).toBeGreaterThan(0);
    expect(tooHeavy.length).toBeLessThan((twin.requests.length - before) / 2);
  });
});

describe('pain 6: what is deleted is in no list of changes', () => {
  it('goes from the rows, where asking for what changed never tells of it', async () => {
    const { twin, store, data, repository, clock } = await start();
    await store.pass();
    const seen = await walk(twin, '{field: UPDATED_AT, direction: DESC}');
    const known = new Set(seen.map(({ number }) => number));
    const newest =
      seen
        .map(({ updatedAt }) => updatedAt)
        .toSorted()
        .at(-1) ?? '';
    const [first] = repository.pullRequests.values();
    if (first === undefined) throw new Error('There is none.');
    data.deletePullRequest(first);
    clock.advance(hourMs);
    const later = await walk(twin, '{field: UPDATED_AT, direction: DESC}');
    for (const node of later.filter(({ updatedAt }) => updatedAt > newest)) known.add(node.number);
    expect(known).toContain(first.number);
    await store.pass();
    expect(numbersIn(store)).toHaveLength(59);
    expect(numbersIn(store)).not.toContain(first.number);
  });

  it('is told apart from access that was lost: nothing is removed, and somebody is told', async () => {
    const { twin, store, repository, clock } = await start();
    await store.pass();
    repository.isAccessible = false;
    clock.advance(hourMs);
    // To who takes an empty answer for an empty list, all of it is gone.
    const { data } = await askGraphql<{ repository: unknown }>(
      twin,
      '{ repository(owner: "acme", name: "large") { id } }',
    );
    expect(data?.repository).toBeNull();
    expect((await store.pass()).errors).toMatchObject([{ code: 'NotFound' }]);
    expect(numbersIn(store)).toHaveLength(60);
  });
});

describe('pain 7: deleted users', () => {
  it('are the ghost, where reading the login of an author fails', async () => {
    const { twin, store } = await start();
    twin.faults.nullAuthor = { probability: 0.2 };
    const nodes = await walk(twin, '{field: CREATED_AT, direction: ASC}');
    // @ts-expect-error -- what is written before the first deleted user comes along
    expect(() => nodes.map(({ author }) => author.login)).toThrow(TypeError);
    expect((await store.pass()).errors).toEqual([]);
    const authors = rowsOf(store, 'pullRequests').map((row) => row['authorAccountExternalId']);
    expect(authors).toHaveLength(60);
    expect(authors.filter((id) => id === 'ghost')).toHaveLength(
      nodes.filter(({ author }) => author === null).length,
    );
    expect(rowsOf(store, 'accounts')).toContainEqual(
      expect.objectContaining({ externalId: 'ghost', vendorId: null }),
    );
  });
});

describe('pain 8: repositories that are renamed or given away', () => {
  const keySchema = z.object({ full_name: z.string(), id: z.number() });

  it.each(['renamed', 'given away'])(
    'stay one when %s, where names make two of it',
    async (how) => {
      const { twin, store, data, repository, clock } = await start();
      const names = new Set<string>();
      const noteName = async () => {
        const moved = await askRest(twin, '/repos/acme/large');
        const path = moved.headers.get('location')?.replace(/^.*\/api\/v3/, '');
        const answer = path === undefined ? moved : await askRest(twin, path);
        names.add(keySchema.parse(await answer.json()).full_name);
      };
      await store.pass();
      await noteName();
      if (how === 'renamed') data.renameRepository(repository, 'grown');
      else data.transferRepository(repository, data.addOrganization('umbrella'));
      mergeFresh({ data, repository }, null, clock.now());
      clock.advance(hourMs);
      expect((await store.pass()).errors).toEqual([]);
      await noteName();
      expect(names.size).toBe(2);
      const id = String(repository.id);
      expect(rowsOf(store, 'repositories')).toMatchObject([
        { externalId: id, fullName: `${repository.owner.login}/${repository.name}` },
      ]);
      const requests = rowsOf(store, 'pullRequests');
      expect(requests).toHaveLength(61);
      expect(new Set(requests.map((row) => row['repositoryExternalId']))).toEqual(new Set([id]));
      const [place] = store.places.values();
      expect(place?.scope.formerUrls).toEqual([expect.stringMatching(/\/acme\/large$/)]);
    },
  );
});

describe('pain 9: REST shows no more than 250 commits of a pull request', () => {
  const commitsSchema = z.array(
    z.object({ commit: z.object({ author: z.object({ date: z.string() }) }) }),
  );

  it('knows all of them and the one written first, where REST gives another for it', async () => {
    const { twin, store, data, repository, people, clock } = await start({ pullRequests: 1 });
    const firstAt = clock.now() - 400 * 60_000;
    // A branch that was merged in late brings work that was begun before all the rest.
    const commits = Array.from({ length: 300 }, (_, at) =>
      data.addCommit(repository, { at: at === 280 ? firstAt : firstAt + (at + 1) * 60_000 }),
    );
    const author = people[0] ?? null;
    const createdAt = clock.now() - 60_000;
    const long = data.addPullRequest(repository, { title: 'Long', createdAt, author, commits });
    const shown: number[] = [];
    for (let page = 1; page <= 4; page += 1) {
      const path = `/repos/acme/large/pulls/${long.number}/commits?per_page=100&page=${page}`;
      const answer = commitsSchema.parse(await (await askRest(twin, path)).json());
      shown.push(...answer.map(({ commit }) => Date.parse(commit.author.date)));
    }
    expect(shown).toHaveLength(250);
    expect(Math.min(...shown)).toBeGreaterThan(firstAt);
    await store.pass();
    const row = rowsOf(store, 'pullRequests').find(({ number }) => number === long.number);
    expect(row).toMatchObject({ firstCommitAt: firstAt });
    const own = rowsOf(store, 'pullRequestCommits').filter(
      (commit) => commit['pullRequestExternalId'] === row?.['externalId'],
    );
    expect(own).toHaveLength(300);
  });
});

describe('also: history that is forced to be another', () => {
  it('leaves only what there is, where whoever asks for newer commits keeps both', async () => {
    const { twin, store, data, repository, clock } = await start();
    await store.pass();
    const known = new Set(rowsOf(store, 'commits').map(({ sha }) => sha));
    const since = new Date(clock.now() - 1_000).toISOString();
    const root = [...repository.commits.values()].find(({ parents }) => parents.length === 0);
    const parents = root === undefined ? [] : [root.oid];
    const added = data.addCommit(repository, { at: clock.now(), parents, message: 'Start over' });
    repository.headOid = added.oid;
    clock.advance(hourMs);
    const history = `history(first: 100, since: "${since}") { nodes { oid } }`;
    const { data: answer } = await askGraphql<History>(
      twin,
      `{ repository(owner: "acme", name: "large") { defaultBranchRef { target {
        ... on Commit { ${history} } } } } }`,
    );
    const newer = answer?.repository.defaultBranchRef.target.history.nodes ?? [];
    for (const { oid } of newer) known.add(oid);
    await store.pass();
    const shas = rowsOf(store, 'commits').map(({ sha }) => sha);
    expect(new Set(shas)).toEqual(new Set([added.oid, root?.oid]));
    // It has the new one too, and everything that is in no history any more.
    expect(known).toContain(added.oid);
    expect(known.size).toBeGreaterThan(10);
    expect(store.gaps()).toContainEqual(expect.objectContaining({ code: 'history_rewritten' }));
  });
});
