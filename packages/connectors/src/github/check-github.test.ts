import { type ConnectorContext, silentLogger } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { makeWorld } from './__fixtures__/make-world.ts';
import { checkGithub } from './check-github.ts';
import { type GithubConfig, githubConfigSchema } from './config.ts';
import { type GithubTwinOptions, startGithubTwin } from './testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);

async function start(
  options: Partial<GithubTwinOptions> = {},
  config: Readonly<Record<string, unknown>> = {},
) {
  const clock = createFakeClock(to + 86_400_000);
  const world = makeWorld({ pullRequests: 5, to });
  const twin = await startGithubTwin({ data: world.data, clock, ...options });
  onTestFinished(() => twin.close());
  const context: ConnectorContext<GithubConfig> = {
    config: githubConfigSchema.parse({
      repositories: ['acme/large'],
      organization: 'acme',
      baseUrl: twin.url,
      token: twin.token,
      ...config,
    }),
    clock,
    logger: silentLogger,
    fetch,
    signal: new AbortController().signal,
  };
  const idsOf = async () => {
    const report = await checkGithub(context);
    for (const item of report.items) {
      expect(item.message).not.toBe('');
      expect(item.ok || item.hint !== null).toBe(true);
    }
    return { ...report, failed: report.items.filter(({ ok }) => !ok).map(({ id }) => id) };
  };
  return { twin, clock, check: idsOf };
}

test('all is well with a fine-grained token', async () => {
  const { check } = await start({ scopes: null });
  const report = await check();
  expect(report).toMatchObject({ identity: 'adjutant-reader', failed: ['experimental'] });
  const ids = report.items.map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining(['credential', 'repository:acme/large', 'organization:acme', 'quota']),
  );
});

test('scopes that are missing, and those that are more than is needed, are named', async () => {
  const { check } = await start({ scopes: ['read:org', 'delete_repo'] });
  const { items, failed } = await check();
  expect(failed).toEqual(expect.arrayContaining(['scopes', 'scopes_spare']));
  expect(items.find(({ id }) => id === 'scopes')?.message).toContain('repo');
  expect(items.find(({ id }) => id === 'scopes_spare')?.message).toContain('delete_repo');
});

test('a repository that cannot be seen does not hide the others', async () => {
  const { check } = await start({}, { repositories: ['acme/large', 'acme/nowhere'] });
  const { items, failed } = await check();
  expect(failed).toContain('repositories');
  expect(items.find(({ id }) => id === 'repositories')?.message).toContain('acme/nowhere');
  expect(items.map(({ id }) => id)).toContain('repository:acme/large');
});

test('clocks that disagree, and a quota that is used up, are told', async () => {
  const { check, twin } = await start();
  twin.faults.clockSkewMs = 10 * 60_000;
  twin.quota.graphql.used = 4_500;
  const { items, failed } = await check();
  expect(failed).toEqual(expect.arrayContaining(['clock', 'quota']));
  expect(items.find(({ id }) => id === 'clock')?.message).toContain('600 s behind');
});

test('a token that is not accepted, and one that is not there, say what to do', async () => {
  const refused = await start({}, { token: 'wrong' });
  expect(await refused.check()).toMatchObject({ identity: null, failed: ['credential'] });
  const none = await start({}, { token: undefined });
  expect(await none.check()).toMatchObject({ identity: null, failed: ['credential'] });
});

test('reports of Copilot are looked for where they are wanted, and what is in their way is said', async () => {
  const { check, twin } = await start({ scopes: null }, { copilotUsage: true });
  const { items } = await check();
  expect(items.find(({ id }) => id === 'copilot')).toMatchObject({ ok: false, optional: true });
  const [owner] = twin.data.organizations;
  if (owner === undefined) throw new Error('No organization.');
  twin.data.addCopilot(owner, 12);
  twin.data.setCopilotDay(owner, '2026-10-01', []);
  expect((await check()).items.find(({ id }) => id === 'copilot')).toMatchObject({ ok: true });
});
