import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdjutant, type KnowledgeMethod } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { afterEach, expect, test } from 'vitest';
import { git } from './git/connector.ts';
import { createGitFixture } from './git/testing/git-fixture.ts';
import { github } from './github/connector.ts';
import { createGithubData } from './github/testing/data/github-data.ts';
import { startGithubTwin } from './github/testing/start-github-twin.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const clock = createFakeClock(Date.UTC(2026, 2, 2));
const changedAt = '2026-02-01T09:00:00Z';

/** Tells of all that could be quoted where it stands and since when. */
const places: KnowledgeMethod = {
  version: 1,
  split({ path, text }) {
    const lines = { from: 1, to: text.split('\n').length };
    return { title: path, parts: [{ heading: '', text, lines }] };
  },
  answer: ({ candidates }) => ({
    citations: [],
    lookedFor: candidates.map(({ path, commitSha, lastChangedAt }) =>
      [path, commitSha, lastChangedAt ?? 'unknown'].join(' '),
    ),
    unknownWords: [],
  }),
};

test('of a repository at GitHub that is cloned too, each file is told once, as GitHub has it', async () => {
  const data = createGithubData();
  const repository = data.addRepository(data.addOrganization('acme'), { name: 'widgets' });
  const atGithub = { 'README.md': 'zebra now', 'docs/a.md': 'zebra', 'docs/c.md': 'zebra' };
  const tree = new Map(Object.entries(atGithub));
  const head = data.addCommit(repository, { at: clock.now(), tree }).oid;
  repository.headOid = head;
  const twin = await startGithubTwin({ data, clock });
  cleanups.push(() => twin.close());
  const files = { 'README.md': 'zebra once', 'docs/a.md': 'zebra', 'docs/b.md': 'zebra' };
  const fixture = await createGitFixture({
    origin: `${data.webUrl}/acme/widgets.git`,
    commits: [{ id: 'one', at: changedAt, message: 'One\n', files }],
  });
  cleanups.push(() => fixture.remove());
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const adjutant = await createAdjutant({
    store: join(folder, 'store.db'),
    connectors: [
      git({ repositories: [fixture.directory] }),
      github({ repositories: ['acme/widgets'], baseUrl: twin.url, token: twin.token }),
    ],
    knowledge: places,
    clock,
  });
  cleanups.push(() => adjutant.close());
  await adjutant.sync();
  const handle = adjutant.workspace().as(await adjutant.owner());
  const { items } = await handle.knowledge.search({ text: 'zebra', kinds: ['document'] });
  const paths = ['README.md', 'docs/a.md', 'docs/b.md', 'docs/c.md'];
  expect(items.map(({ path }) => path).toSorted()).toEqual(paths);
  const answer = await handle.knowledge.ask({ question: 'zebra', limit: 20 });
  expect(answer.documentCount).toBe(4);
  const cloned = `${fixture.shas['one']} ${Date.parse(changedAt)}`;
  expect(answer.lookedFor.toSorted()).toEqual([
    `README.md ${head} unknown`,
    // The clone has the very same text, and knows since when.
    `docs/a.md ${head} ${Date.parse(changedAt)}`,
    `docs/b.md ${cloned}`,
    `docs/c.md ${head} unknown`,
  ]);
});
