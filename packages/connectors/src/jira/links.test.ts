import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { canonicalDump } from '@adjutant/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rowsOf, startJiraWorld } from './__fixtures__/jira-world.ts';
import { jira } from './connector.ts';
import { keyOf } from './testing/jira-data.ts';

const minuteMs = 60_000;

/** A site whose first issues are at hand, and a store in a file that reads it. */
async function startLinks(config: object = {}) {
  const world = await startJiraWorld({ issues: 12, config });
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-jira-links-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const url = `file:${join(folder, 'store.db')}`;
  const sync = async (more: object = {}): Promise<void> => {
    await world.clock.sleep(minuteMs);
    const adjutant = await createAdjutant({
      store: url,
      connectors: [jira({ ...world.config, ...more })],
      clock: world.clock,
    });
    const { streams } = await adjutant.sync();
    await adjutant.close();
    expect(streams.map(({ error }) => error)).toEqual([null, null, null]);
  };
  /** Who is tied to whom, by the keys that they have. */
  const links = async (): Promise<string[]> => {
    const keys = new Map(
      [...world.data.issues.values()].map((issue) => [String(issue.id), keyOf(issue)]),
    );
    const lines = (await canonicalDump(url)).split('\n');
    return lines
      .filter((line) => line.startsWith('work_item_links '))
      .map((line) => {
        const [, , from, kind, to] = JSON.parse(line.slice('work_item_links '.length)) as string[];
        return `${keys.get(from ?? '') ?? from} ${kind} ${keys.get(to ?? '') ?? to}`;
      });
  };
  const [one, two, three] = world.data.issues.values();
  if (one === undefined || two === undefined || three === undefined) throw new Error('No issues.');
  const done = { at: world.clock.now(), by: world.owner };
  return { ...world, sync, links, one, two, three, done };
}

describe('links between issues', () => {
  it('are one row each, whichever of the two tells them, and cost no request', async () => {
    const { data, sync, links, one, two, three, done, asked } = await startLinks();
    await sync();
    const without = asked().length;
    expect(await links()).toEqual([]);
    data.link(one, 'Blocks', two, done);
    data.link(three, 'Duplicate', one, done);
    data.link(three, 'Relates', two, done);
    data.link(one, 'Cloners', three, done);
    await sync();
    expect((await links()).toSorted()).toEqual([
      'PAY-1 blocks PAY-2',
      'PAY-2 relates PAY-3',
      'PAY-3 duplicates PAY-1',
    ]);
    expect(asked().length).toBeLessThanOrEqual(without);
  });

  it('go with the link, also where only one of the two shows that it has changed', async () => {
    const { data, sync, links, one, two, three, done, clock, owner } = await startLinks();
    data.link(one, 'Blocks', two, done);
    const link = data.link(two, 'Blocks', three, done);
    await sync();
    expect(await links()).toHaveLength(2);
    const { updatedAt } = two;
    data.unlink(link, { at: clock.now(), by: owner });
    two.updatedAt = updatedAt;
    await sync();
    expect(await links()).toEqual(['PAY-1 blocks PAY-2']);
  });

  it('go with an issue that is deleted', async () => {
    const { data, sync, links, one, two, done, clock } = await startLinks();
    data.link(one, 'Blocks', two, done);
    await sync();
    data.deleteIssue(one);
    await clock.sleep(25 * 60 * minuteMs);
    await sync();
    expect(await links()).toEqual([]);
  });

  it('lead to issues that are not read', async () => {
    const { data, sync, links, one, done, owner } = await startLinks();
    const other = data.addProject('OPS', 'Operations');
    const hidden = data.addIssue(other, { summary: 'Elsewhere', at: done.at, by: owner });
    data.link(hidden, 'Blocks', one, done);
    await sync();
    expect(await links()).toEqual(['OPS-1 blocks PAY-1']);
  });

  it('are read anew where the words for them change', async () => {
    const { data, sync, links, one, two, done, asked } = await startLinks();
    data.link(one, 'Dependency', two, done);
    await sync();
    expect(await links()).toEqual([]);
    const more = { linkWords: { blocks: ['is needed by'] } };
    await sync(more);
    expect(await links()).toEqual(['PAY-2 blocks PAY-1']);
    asked();
    await sync(more);
    expect(asked()).toHaveLength(3);
  });
});

it('reads what an earlier version left here once more, for the links', async () => {
  const { store, data, owner, clock, asked } = await startJiraWorld({ issues: 12 });
  const [one, two] = data.issues.values();
  if (one === undefined || two === undefined) throw new Error('No issues.');
  data.link(one, 'Blocks', two, { at: clock.now(), by: owner });
  await clock.sleep(minuteMs);
  await store.pass();
  for (const { stream, ...place } of store.places.values()) {
    if (stream.id === 'issues' && place.state !== null) delete place.state['linkWords'];
  }
  const pass = await store.pass();
  expect(pass.given['issues']).toBe(12);
  expect(rowsOf(store, 'workItemLinks')).toHaveLength(1);
  asked();
  expect((await store.pass()).given['issues']).toBe(0);
  expect(asked()).toHaveLength(3);
});
