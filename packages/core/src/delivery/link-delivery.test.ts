import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import type { CommitParent } from '../domain.ts';
import { openStore } from '../store/open-store.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { DomainRows } from '../sync/domain-rows.ts';
import { buildDeployment, buildPullRequest, buildRelease } from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';

const source = 'example';
const repositoryExternalId = 'acme/widgets';
const hour = 3_600_000;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
  path = join(folder, 'store.db');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** m1 ← m2 ← m3, a straight history of merges. */
const history: CommitParent[] = [
  { source, repositoryExternalId, sha: 'm2', position: 0, parentSha: 'm1' },
  { source, repositoryExternalId, sha: 'm3', position: 0, parentSha: 'm2' },
];

const merge = (number: number): DomainRows => ({
  pullRequests: [
    buildPullRequest({
      externalId: `pr-${number}`,
      mergeSha: `m${number}`,
      mergedAt: number * hour,
    }),
  ],
});

const deploy = (number: number, sha: string, more: object = {}): DomainRows => ({
  deployments: [
    buildDeployment({
      externalId: `d${number}`,
      repositoryExternalId,
      environment: 'production',
      result: 'success',
      sha,
      finishedAt: number * hour + 60_000,
      ...more,
    }),
  ],
});

async function sync(records: Record<string, DomainRows>): Promise<void> {
  const adjutant = await createAdjutant({
    store: path,
    connectors: [createRowsConnector({ id: source, records: () => records })],
  });
  await adjutant.sync();
  await adjutant.close();
}

async function linked(): Promise<string[]> {
  const store = await openStore(path);
  const rows = await queryTuples<[string, string, string]>(
    store.read,
    sql`select deployment_external_id, sha, method from deployment_changes
      union all select release_external_id, sha, 'release' from release_commits order by 1, 2`,
  );
  await store.close();
  return rows.map((row) => row.join(' '));
}

const all = {
  history: { commitParents: history },
  one: merge(1),
  two: merge(2),
  three: merge(3),
  first: deploy(1, 'm1'),
  second: deploy(3, 'm3'),
};

test('each deployment carries what is new in it, and a second sync changes nothing', async () => {
  await sync(all);
  const expected = ['d1 m1 exact_sha', 'd3 m2 graph_diff', 'd3 m3 exact_sha'];
  expect(await linked()).toEqual(expected);
  await sync(all);
  expect(await linked()).toEqual(expected);
});

test('a deployment that turns up later takes over what it was the first to carry', async () => {
  await sync(all);
  await sync({ ...all, between: deploy(2, 'm2') });
  expect(await linked()).toEqual(['d1 m1 exact_sha', 'd2 m2 exact_sha', 'd3 m3 exact_sha']);
});

test('failed deployments and other environments carry nothing for this one', async () => {
  await sync({
    ...all,
    failed: deploy(2, 'm2', { result: 'failure' }),
    staging: deploy(4, 'm2', { externalId: 's1', environment: 'staging' }),
  });
  expect(await linked()).toEqual([
    'd1 m1 exact_sha',
    'd3 m2 graph_diff',
    'd3 m3 exact_sha',
    's1 m2 exact_sha',
  ]);
});

test('without the history, merges are carried by time, and corrected once it is there', async () => {
  const { history: _, ...without } = all;
  await sync(without);
  expect(await linked()).toEqual(['d1 m1 exact_sha', 'd3 m2 time', 'd3 m3 exact_sha']);
  await sync(all);
  expect(await linked()).toEqual(['d1 m1 exact_sha', 'd3 m2 graph_diff', 'd3 m3 exact_sha']);
});

test('a release carries by the history and never by time', async () => {
  const release = (number: number, sha: string): DomainRows => ({
    releases: [
      buildRelease({
        externalId: `r${number}`,
        repositoryExternalId,
        sha,
        releasedAt: number * hour,
      }),
    ],
  });
  const releases = { r1: release(1, 'm1'), r2: release(3, 'm3'), r3: release(4, 'elsewhere') };
  await sync({ history: { commitParents: history }, two: merge(2), ...releases });
  expect(await linked()).toEqual([
    'r1 m1 release',
    'r3 m2 release',
    'r3 m3 release',
    'r4 elsewhere release',
  ]);
});

test('a history of more links than one read brings is linked once, and then left alone', async () => {
  const commits = 6_000;
  const long = Array.from({ length: commits - 1 }, (_, turn) => ({
    source,
    repositoryExternalId,
    sha: `m${turn + 2}`,
    position: 0,
    parentSha: `m${turn + 1}`,
  }));
  const records = {
    history: { commitParents: long },
    first: deploy(1, 'm1'),
    second: deploy(2, `m${commits}`),
  };
  await sync(records);
  const before = await linked();
  expect(before).toHaveLength(commits);
  // Another deployment marks the repository: everything present is read and compared again.
  await sync({ ...records, third: deploy(3, `m${commits}`) });
  expect(await linked()).toEqual(before);
});
