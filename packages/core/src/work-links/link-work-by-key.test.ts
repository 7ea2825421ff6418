import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import type { DomainRows } from '../sync/domain-rows.ts';
import { canonicalDump } from '../testing/canonical-dump.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { buildPullRequest, buildWorkItem } from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';

const at = Date.parse('2026-10-01T12:00:00Z');

function request(number: number, title: string, headRef: string | null = null) {
  return buildPullRequest({
    source: 'github',
    externalId: `p${number}`,
    repositoryExternalId: 'r1',
    number,
    title,
    headRef,
  });
}

const item = (key: string) => buildWorkItem({ source: 'jira', externalId: key.slice(4), key });

function connector(id: string, rows: DomainRows) {
  // Without rows the record itself is gone.
  return Object.keys(rows).length === 0
    ? createRowsConnector({ id, records: () => ({}), tombstones: () => ['all'] })
    : createRowsConnector({ id, records: () => ({ all: rows }) });
}

/** Syncs one state of both sources after another into one store, and returns the links after each. */
async function linksAfter(
  ...states: { github: DomainRows; jira: DomainRows }[]
): Promise<string[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'work-links-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const store = `file:${join(folder, 'store.db')}`;
  const found: string[][] = [];
  for (const { github, jira } of states) {
    const adjutant = await createAdjutant({
      store,
      connectors: [connector('github', github), connector('jira', jira)],
      clock: createFakeClock(at),
    });
    await adjutant.sync();
    await adjutant.close();
    const lines = (await canonicalDump(store)).split('\n');
    found.push(
      lines
        .filter((line) => line.startsWith('pull_request_work_items '))
        .map((line) => line.replace(/^\S+ /, '')),
    );
  }
  return found;
}

it('links by the title and by the branch, and nothing that is no key of an item', async () => {
  const pullRequests = [
    request(1, 'PAY-1: Pay'),
    request(2, 'Fix', 'ada/pay-2'),
    request(3, 'Use UTF-8'),
  ];
  const [links] = await linksAfter({
    github: { pullRequests },
    jira: { workItems: [item('PAY-1'), item('PAY-2')] },
  });
  expect(links).toHaveLength(2);
  expect(links?.join()).toContain('p1');
  expect(links?.join()).toContain('p2');
  expect(links?.join()).not.toContain('p3');
});

it('links an item that comes later, and parts what is no longer named', async () => {
  const before = { pullRequests: [request(1, 'PAY-1: Pay')] };
  const after = { pullRequests: [request(1, 'Pay')] };
  const jira = { workItems: [item('PAY-1')] };
  const [none, linked, parted] = await linksAfter(
    { github: before, jira: {} },
    { github: before, jira },
    { github: after, jira },
  );
  expect(none).toEqual([]);
  expect(linked).toHaveLength(1);
  expect(parted).toEqual([]);
});

it('follows an item to its new key, and lets go of one that is gone', async () => {
  const github = { pullRequests: [request(1, 'PAY-1: Pay'), request(2, 'CORE-9: Core')] };
  const moved = { workItems: [{ ...item('PAY-1'), key: 'CORE-9' }] };
  const [before, after, gone, fresh] = await linksAfter(
    { github, jira: { workItems: [item('PAY-1')] } },
    { github, jira: moved },
    { github, jira: {} },
    { github, jira: moved },
  );
  expect(before?.join()).toContain('p1');
  expect(after).toHaveLength(1);
  expect(after?.join()).toContain('p2');
  expect(gone).toEqual([]);
  expect(fresh).toEqual(after);
});

it('links every item that has the key, whichever source it came from first', async () => {
  const github = { pullRequests: [request(1, 'PAY-1: Pay')] };
  const both = { workItems: [item('PAY-1'), { ...item('PAY-1'), externalId: 'other' }] };
  const [one, two] = await linksAfter(
    { github, jira: { workItems: [item('PAY-1')] } },
    { github, jira: both },
  );
  expect(one).toHaveLength(1);
  expect(two).toHaveLength(2);
});
