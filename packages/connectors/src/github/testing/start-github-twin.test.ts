import { createSign } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { askGraphql, askRest } from './ask-twin.ts';
import { createGithubData } from './data/github-data.ts';
import { type GithubTwin, type GithubTwinOptions, startGithubTwin } from './start-github-twin.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
let twin: GithubTwin;

function smallData() {
  const data = createGithubData();
  const acme = data.addOrganization('acme');
  const mira = data.addActor({ login: 'mira', name: 'Mira' });
  const repository = data.addRepository(acme, {
    name: 'checkout',
    files: new Map([['.github/CODEOWNERS', '* @acme/checkout\n']]),
  });
  const commit = data.addCommit(repository, { at: now - 5_000, by: mira });
  repository.headOid = commit.oid;
  const pullRequest = data.addPullRequest(repository, {
    title: 'Add a cart',
    createdAt: now - 4_000,
    author: mira,
    commits: [commit],
  });
  return { data, acme, mira, repository, pullRequest };
}

async function start(options: Partial<GithubTwinOptions> = {}) {
  const small = smallData();
  const clock = { now: () => now };
  twin = await startGithubTwin({ data: small.data, clock, ...options });
  return small;
}

afterEach(() => twin.close());

describe('credentials', () => {
  it('answers 401 to a token that it does not know, and to none', async () => {
    await start();
    const unknown = await askRest(twin, '/user', { headers: { authorization: 'token nope' } });
    expect(unknown.status).toBe(401);
    const none = await fetch(`${twin.url}/graphql`, { method: 'POST', body: '{}' });
    expect(none.status).toBe(401);
    expect(await none.json()).toMatchObject({ message: 'Bad credentials' });
  });

  it('records every request, and never the token', async () => {
    await start({ token: 'twin-canary-token' });
    await askRest(twin, '/user?page=2');
    await askGraphql(twin, 'query Who { viewer { login } }', { page: 1 });
    expect(twin.requests).toMatchObject([
      { method: 'GET', path: '/api/v3/user', query: { page: '2' }, status: 200, cost: 1 },
      { path: '/api/graphql', operationName: 'Who', variables: { page: 1 }, status: 200, cost: 1 },
    ]);
    expect(JSON.stringify(twin.requests)).not.toContain('twin-canary-token');
  });

  it('names the scopes of a classic token and the permissions for a fine-grained one', async () => {
    await start({ scopes: ['repo'] });
    const classic = await askRest(twin, '/repos/acme/checkout');
    expect(classic.headers.get('x-oauth-scopes')).toBe('repo');
    await twin.close();
    await start({ scopes: null });
    const fine = await askRest(twin, '/repos/acme/checkout/actions/workflows');
    expect(fine.headers.get('x-oauth-scopes')).toBeNull();
    expect(fine.headers.get('x-accepted-github-permissions')).toBe('actions=read');
  });
});

describe('what a credential is not for', () => {
  const query = `{ repository(owner: "acme", name: "checkout") {
    deployments(first: 1) { totalCount } pullRequest(number: 1) { title }
  } }`;

  it('is forbidden field by field, and route by route', async () => {
    await start({ scopes: null });
    twin.denied.add('pull_requests').add('actions');
    const { data, errors } = await askGraphql(twin, query);
    expect(data).toEqual({ repository: { deployments: { totalCount: 0 }, pullRequest: null } });
    expect(errors).toMatchObject([{ type: 'FORBIDDEN', path: ['repository', 'pullRequest'] }]);
    const path = '/repos/acme/checkout/actions/workflows';
    expect((await askRest(twin, path)).status).toBe(403);
  });

  it('is named by the scope that a classic token lacks, without any data', async () => {
    await start({ scopes: ['repo'] });
    const members = '{ viewer { login } organization(login: "acme") { teams { totalCount } } }';
    const { data, errors } = await askGraphql(twin, members);
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      { type: 'INSUFFICIENT_SCOPES', message: expect.stringContaining('read:org') },
    ]);
  });
});

describe('an app', () => {
  const signed = (claims: object, key: string): string => {
    const encode = (value: object): string =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const content = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
    return `${content}.${createSign('RSA-SHA256').update(content).sign(key, 'base64url')}`;
  };
  const seconds = now / 1_000;

  it('gets an installation token with its own signature, which ends after an hour', async () => {
    let at = now;
    await start({ clock: { now: () => at } });
    const path = `/app/installations/${twin.app.installationId}/access_tokens`;
    const claims = { iss: twin.app.id, iat: seconds - 60, exp: seconds + 540 };
    const jwt = signed(claims, twin.app.privateKey);
    const answer = await askRest(twin, path, {
      method: 'POST',
      headers: { authorization: `bearer ${jwt}` },
    });
    expect(answer.status).toBe(201);
    const issued: unknown = await answer.json();
    expect(issued).toMatchObject({ expires_at: '2026-11-20T13:00:00.000Z' });
    const { token } = issued as { token: string };
    const headers = { authorization: `token ${token}` };
    const listed = await askRest(twin, '/installation/repositories', { headers });
    expect(await listed.json()).toMatchObject({
      total_count: 1,
      repositories: [{ full_name: 'acme/checkout' }],
    });
    at = now + 3_600_000;
    expect((await askRest(twin, '/installation/repositories', { headers })).status).toBe(401);
  });

  it('gets nothing with a signature that is too old', async () => {
    await start();
    const claims = { iss: twin.app.id, iat: seconds - 1_000, exp: seconds - 400 };
    const jwt = signed(claims, twin.app.privateKey);
    const path = `/app/installations/${twin.app.installationId}/access_tokens`;
    const headers = { authorization: `bearer ${jwt}` };
    expect((await askRest(twin, path, { method: 'POST', headers })).status).toBe(401);
  });
});

describe('REST', () => {
  it('redirects from a former name to the number, and GraphQL follows by itself', async () => {
    const { data, repository } = await start();
    data.renameRepository(repository, 'basket');
    const moved = await askRest(twin, '/repos/acme/checkout/actions/workflows?per_page=5');
    expect(moved.status).toBe(301);
    const location = moved.headers.get('location') ?? '';
    expect(location).toBe(
      `${twin.url}/api/v3/repositories/${repository.id}/actions/workflows?per_page=5`,
    );
    const headers = { authorization: `token ${twin.token}` };
    expect((await fetch(location, { headers })).status).toBe(200);
    const query = '{ repository(owner: "acme", name: "checkout") { name databaseId } }';
    const { data: found } = await askGraphql(twin, query);
    expect(found).toEqual({ repository: { name: 'basket', databaseId: repository.id } });
  });

  it('answers 304 to what has not changed, free of charge', async () => {
    const { data, repository } = await start();
    const first = await askRest(twin, '/repos/acme/checkout');
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    const used = twin.quota.core.used;
    expect((await askRest(twin, '/repos/acme/checkout', { headers })).status).toBe(304);
    expect(twin.quota.core.used).toBe(used);
    repository.description = 'Where people pay';
    expect((await askRest(twin, '/repos/acme/checkout', { headers })).status).toBe(200);
    data.setAccess(repository, false);
    expect((await askRest(twin, '/repos/acme/checkout', { headers })).status).toBe(404);
  });

  it('pages through the runs of a workflow with links, from an instant on', async () => {
    const { data, repository, mira } = await start();
    const workflow = data.addWorkflow(repository, { name: 'Deploy' });
    for (let at = 0; at < 7; at += 1) {
      const createdAt = now - at * 86_400_000;
      data.addWorkflowRun(workflow, { headSha: 'a'.repeat(40), actor: mira, createdAt });
    }
    const path = '/repos/acme/checkout/actions/workflows/deploy.yml/runs';
    const query = '?per_page=2&created=%3E%3D2026-11-16T12:00:00Z';
    const page = await askRest(twin, `${path}${query}`);
    expect(await page.json()).toMatchObject({
      total_count: 5,
      workflow_runs: [{ run_number: 1 }, { run_number: 2 }],
    });
    const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1] ?? '';
    const headers = { authorization: `token ${twin.token}` };
    const second = await fetch(next, { headers });
    expect(await second.json()).toMatchObject({
      workflow_runs: [{ run_number: 3 }, { run_number: 4 }],
    });
  });

  it('gives a file as text and as base64, and 404 where there is none', async () => {
    await start();
    const path = '/repos/acme/checkout/contents/.github/CODEOWNERS';
    const raw = await askRest(twin, path, { headers: { accept: 'application/vnd.github.raw' } });
    expect(await raw.text()).toBe('* @acme/checkout\n');
    const written = (await (await askRest(twin, path)).json()) as { content: string };
    expect(Buffer.from(written.content, 'base64').toString()).toBe('* @acme/checkout\n');
    expect((await askRest(twin, '/repos/acme/checkout/contents/CODEOWNERS')).status).toBe(404);
  });

  it('stops with 403 when the budget is used up, and goes on after the hour', async () => {
    let at = now;
    await start({ limits: { restRequests: 1 }, clock: { now: () => at } });
    expect((await askRest(twin, '/user')).status).toBe(200);
    const stopped = await askRest(twin, '/user');
    expect(stopped.status).toBe(403);
    expect(stopped.headers.get('x-ratelimit-remaining')).toBe('0');
    expect((await askRest(twin, '/rate_limit')).status).toBe(200);
    at += 3_600_000;
    expect((await askRest(twin, '/user')).status).toBe(200);
  });
});

describe('what it does not imitate', () => {
  it('refuses a route, a field or an argument instead of making an answer up', async () => {
    await start();
    expect((await askRest(twin, '/repos/acme/checkout/stargazers')).status).toBe(501);
    const field = '{ repository(owner: "acme", name: "checkout") { stargazerCount } }';
    expect((await askGraphql(twin, field)).status).toBe(501);
    const argument =
      '{ repository(owner: "acme", name: "checkout") { issues(first: 1, filterBy: {createdBy: "x"}) { totalCount } } }';
    expect((await askGraphql(twin, argument)).status).toBe(501);
    expect(twin.requests.map(({ notImitated }) => notImitated)).toEqual([
      expect.stringContaining('stargazers'),
      expect.stringContaining('Repository.stargazerCount'),
      expect.stringContaining('createdBy'),
    ]);
  });

  it('answers what the published schema does not know as GitHub does', async () => {
    await start();
    const { status, errors } = await askGraphql(twin, '{ repository { mood } }');
    expect(status).toBe(200);
    expect(errors.length).toBeGreaterThan(0);
  });
});

describe('rows that change', () => {
  it('shows a late review, a merge, a new member and a deletion at once', async () => {
    const { data, acme, mira, repository, pullRequest } = await start();
    const query = `{
      organization(login: "acme") { membersWithRole(first: 5) { edges { role node { login } } } }
      repository(owner: "acme", name: "checkout") {
        pullRequests(first: 5) { nodes { state updatedAt reviews(first: 5) { nodes { state } } } }
      }
    }`;
    data.addMember(acme, mira);
    data.merge(pullRequest, { at: now, by: mira });
    data.addReview(pullRequest, { state: 'APPROVED', submittedAt: now + 60_000, author: mira });
    expect((await askGraphql(twin, query)).data).toEqual({
      organization: { membersWithRole: { edges: [{ role: 'MEMBER', node: { login: 'mira' } }] } },
      repository: {
        pullRequests: {
          nodes: [
            {
              state: 'MERGED',
              updatedAt: '2026-11-20T12:01:00Z',
              reviews: { nodes: [{ state: 'APPROVED' }] },
            },
          ],
        },
      },
    });
    data.deletePullRequest(pullRequest);
    expect(repository.pullRequests.size).toBe(0);
    expect((await askGraphql(twin, query)).data).toMatchObject({
      repository: { pullRequests: { nodes: [] } },
    });
  });

  it('finds by id, and says NOT_FOUND for what is gone', async () => {
    const { data, pullRequest } = await start();
    const ids = '{ repository(owner: "acme", name: "checkout") { pullRequest(number: 1) { id } } }';
    const first = await askGraphql<{ repository: { pullRequest: { id: string } } }>(twin, ids);
    const id = first.data?.repository.pullRequest.id ?? '';
    const query = 'query($ids: [ID!]!) { nodes(ids: $ids) { ... on PullRequest { number } } }';
    const both = await askGraphql(twin, query, { ids: [id, 'PR_nothing'] });
    expect(both.data).toEqual({ nodes: [{ number: 1 }, null] });
    expect(both.errors).toMatchObject([{ type: 'NOT_FOUND', path: ['nodes', 1] }]);
    data.deletePullRequest(pullRequest);
    const gone = await askGraphql(twin, query, { ids: [id] });
    expect(gone.data).toEqual({ nodes: [null] });
  });
});
