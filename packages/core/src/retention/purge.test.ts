import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { expect, onTestFinished, test } from 'vitest';
import type { ArchiveSink } from '../archive/archive-sink.ts';
import { folderArchive } from '../archive/folder-archive.ts';
import { createReportWorld, type ReportWorld } from '../reports/testing/report-world.ts';

const dayMs = 86_400_000;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-purge-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A store in which one report is 366 days old and one is 364. */
async function twoReports(archive?: ArchiveSink | false) {
  const folder = temporaryFolder();
  const world = await createReportWorld(
    ['Ada', 'Ben'],
    {},
    { store: join(folder, 'a.db'), ...(archive === undefined ? {} : { archive }) },
  );
  onTestFinished(() => world.adjutant.close());
  const ada = world.as('Ada');
  await ada.reports.submit({ did: 'the old one', visibility: 'team' });
  await ada.reports.submit({ did: 'the old one, said anew' });
  world.clock.advance(2 * dayMs);
  await ada.reports.submit({ did: 'the young one' });
  world.clock.advance(364 * dayMs + 3_600_000);
  const data = world.adjutant.data(await world.adjutant.owner());
  return { ...world, folder, data, ada };
}

const textsOf = async (world: Pick<ReportWorld, 'as'>): Promise<(string | null)[]> =>
  (await world.as('Ada').reports.list({ of: 'me' })).items.map(({ did }) => did);

const exported = async ({ adjutant }: Pick<ReportWorld, 'adjutant'>): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of adjutant.exportWorkspace()) lines.push(line);
  // The ledger tells of both ways, so it is another one.
  return lines.filter((line) => !line.startsWith('["audit_'));
};

/** An archive that does not take what its number says. */
function failingAt(sink: ArchiveSink, call: number): ArchiveSink {
  let calls = 0;
  return {
    ...sink,
    async put(name, bytes) {
      calls += 1;
      if (calls === call) throw new Error('the disk is full');
      await sink.put(name, bytes);
    },
  };
}

test('raw events are kept 30 days and reports 365 unless told', async () => {
  const { data } = await twoReports();
  const days = Object.fromEntries(data.retention().classes.map((one) => [one.class, one.days]));
  expect(days).toMatchObject({ raw_events: 30, reports: 365, findings: null, notes: null });
});

test('a report of 366 days ago is archived and purged, one of 364 days stays', async () => {
  const world = await twoReports();
  const { data } = world;
  const dry = await data.purge({ dryRun: true });
  expect(await textsOf(world)).toHaveLength(2);
  const real = await data.purge();
  expect(await textsOf(world)).toEqual(['the young one']);
  const counts = ({ classes }: typeof real) =>
    classes.map(({ class: id, rows, tables, unread }) => ({ id, rows, tables, unread }));
  expect(counts(real)).toEqual(counts(dry));
  const reports = real.classes.find((one) => one.class === 'reports');
  expect(reports).toMatchObject({
    days: 365,
    rows: 2,
    tables: [
      { table: 'progress_report_revisions', rows: 1 },
      { table: 'progress_reports', rows: 1 },
    ],
  });
  expect(reports?.archives).toHaveLength(1);
  expect(await data.archives.list()).toMatchObject([
    { state: 'stands', class: 'reports', rows: 2 },
  ]);
  expect(await data.archives.verify()).toMatchObject({ isIntact: true, archives: 1, rows: 2 });
  expect((await world.ada.reports.search({ text: 'anew' })).items).toEqual([]);
  const handle = world.adjutant.workspace().as(await world.adjutant.owner());
  const { items } = await handle.audit.list({ event: 'retention.purged' });
  expect(items).toMatchObject([{ outcome: 'purged', detail: { rows: { reports: 2 } } }]);
  expect(await handle.audit.verify()).toMatchObject({ ok: true });
});

test('what comes back out of an archive is what went into it, and can be found', async () => {
  const world = await twoReports();
  const before = await exported(world);
  await world.data.purge();
  expect(await exported(world)).not.toEqual(before);
  const [archive] = await world.data.archives.list();
  const id = archive?.archiveId ?? '';
  expect(await world.data.archives.restore(id)).toEqual({ archiveId: id, rows: 2, present: 0 });
  expect(await exported(world)).toEqual(before);
  expect((await world.ada.reports.search({ text: 'anew' })).items).toHaveLength(1);
  await expect(world.data.archives.restore(id)).rejects.toMatchObject({ code: 'Conflict' });
  // Too old as ever, it goes the same way again.
  expect((await world.data.purge()).rows).toBe(2);
  expect(await world.data.archives.list()).toMatchObject([{ archiveId: id, state: 'stands' }]);
});

for (const call of [1, 2, 3]) {
  test(`a purge deletes nothing where write ${call} of its archive fails`, async () => {
    const world = await twoReports(failingAt(folderArchive(temporaryFolder()), call));
    const before = await exported(world);
    await expect(world.data.purge()).rejects.toThrow('the disk is full');
    expect(await exported(world)).toEqual(before);
    const handle = world.adjutant.workspace().as(await world.adjutant.owner());
    const { items } = await handle.audit.list({ event: 'retention.purged' });
    expect(items).toMatchObject([{ outcome: 'failed' }]);
    // What was left over is no archive, and goes with the next purge.
    expect((await world.data.archives.list()).every(({ state }) => state === 'left_over')).toBe(
      true,
    );
    expect((await world.data.purge()).rows).toBe(2);
    expect(await world.data.archives.verify()).toMatchObject({ isIntact: true, archives: 1 });
  });
}

test('a purge deletes nothing where the archive gives back something else', async () => {
  const sink = folderArchive(temporaryFolder());
  const world = await twoReports({ ...sink, get: async () => new Uint8Array([1]) });
  const before = await exported(world);
  await expect(world.data.purge()).rejects.toMatchObject({ code: 'Upstream' });
  expect(await exported(world)).toEqual(before);
});

test('what changed after it was archived is not deleted, and what is deleted is what was archived', async () => {
  const sink = folderArchive(temporaryFolder());
  let change: (() => Promise<unknown>) | null = null;
  const world = await twoReports({
    ...sink,
    async put(name, bytes) {
      await sink.put(name, bytes);
      const changing = change;
      change = null;
      await changing?.();
    },
  });
  const { items } = await world.ada.reports.list({ of: 'me' });
  const old = items.find(({ did }) => did?.startsWith('the old'))?.id ?? '';
  change = () => world.ada.reports.edit(old, { did: 'a last word' });
  // Edited today, it is not old any more.
  expect((await world.data.purge()).rows).toBe(0);
  expect(await textsOf(world)).toEqual(['the young one', 'a last word']);
  expect(await world.data.archives.list()).toMatchObject([{ state: 'left_over' }]);
});

test('what a purge left that was cut off can neither be restored nor stays', async () => {
  const folder = temporaryFolder();
  const sink = folderArchive(folder);
  const world = await twoReports({
    ...sink,
    async put(name, bytes) {
      await sink.put(name, bytes);
      if (name.endsWith('manifest.json')) throw new Error('cut off');
    },
  });
  await expect(world.data.purge()).rejects.toThrow('cut off');
  const [left] = await world.data.archives.list();
  expect(left?.state).toBe('left_over');
  const { items } = await world.ada.reports.list({ of: 'me' });
  for (const { id } of items) await world.ada.reports.delete(id);
  // Its author deleted it: it must not come back.
  await expect(world.data.archives.restore(left?.archiveId ?? '')).rejects.toMatchObject({
    code: 'Conflict',
  });
  expect((await world.data.purge()).rows).toBe(0);
  expect(await world.data.archives.list()).toEqual([]);
});

test('a file or manifest that was changed is found, and is not restored', async () => {
  const folder = temporaryFolder();
  const sink = folderArchive(folder);
  const world = await twoReports(sink);
  await world.data.purge();
  const [archive] = await world.data.archives.list();
  const names = await sink.list('');
  const manifest = names.find((name) => name.endsWith('manifest.json')) ?? '';
  const text = new TextDecoder().decode((await sink.get(manifest)) ?? new Uint8Array());
  await sink.put(manifest, new TextEncoder().encode(text.replace('"rows": 1', '"rows": 3')));
  const report = await world.data.archives.verify();
  expect(report.isIntact).toBe(false);
  await expect(world.data.archives.restore(archive?.archiveId ?? '')).rejects.toMatchObject({
    code: 'LedgerIntegrity',
  });
  await sink.put(manifest, new TextEncoder().encode(text));
  expect((await world.data.archives.verify()).isIntact).toBe(true);
  const file = names.find((name) => name.endsWith('progress_reports.jsonl.gz')) ?? '';
  await sink.remove(file);
  expect((await world.data.archives.verify()).problems).toMatchObject([
    { problem: expect.stringContaining('is missing') },
  ]);
});

test('where nothing is to be archived it is deleted, and without a place for it it is kept', async () => {
  const unarchived = await twoReports(false);
  expect((await unarchived.data.purge()).rows).toBe(2);
  expect(await unarchived.data.archives.list()).toEqual([]);
  const placeless = await createReportWorld(['Ada']);
  onTestFinished(() => placeless.adjutant.close());
  await placeless.as('Ada').reports.submit({ did: 'the old one' });
  placeless.clock.advance(366 * dayMs);
  const data = placeless.adjutant.data(await placeless.adjutant.owner());
  expect((await data.purge({ dryRun: true })).rows).toBe(1);
  await expect(data.purge()).rejects.toMatchObject({ code: 'Configuration' });
  expect(await textsOf(placeless)).toEqual(['the old one']);
});

test('only administrators have it: members, leads and assistants are refused, and the ledger says so', async () => {
  const world = await twoReports();
  const { adjutant } = world;
  const personId = world.idOf('Ada');
  const viewers = [
    { kind: 'person', personId, role: 'member' },
    { kind: 'person', personId, role: 'lead' },
    { kind: 'agent', name: 'helper', sponsorPersonId: personId },
  ] as const;
  for (const viewer of viewers) {
    expect(() => adjutant.data(viewer)).toThrow(expect.objectContaining({ code: 'Permission' }));
  }
  const handle = adjutant.workspace().as(await adjutant.owner());
  const { items } = await handle.privacy.refusals();
  expect(items.map((one) => one.class)).toContain('life_of_data');
});

test('days that are too few, unknown classes and other nonsense are refused', async () => {
  const { data } = await twoReports();
  await expect(data.purge({ olderThanDays: 1 })).rejects.toMatchObject({ code: 'InvalidInput' });
  await expect(data.purge({ olderThanDays: -1, classes: ['jobs' as never] })).rejects.toMatchObject(
    {
      code: 'InvalidInput',
    },
  );
  await expect(createReportWorld([], {}, { retention: { raw_events: 1 } })).rejects.toMatchObject({
    code: 'InvalidInput',
  });
  await expect(
    createReportWorld([], {}, { retention: { everything: 10 } as never }),
  ).rejects.toMatchObject({ code: 'InvalidInput' });
});

test('it is done once a day while something works, and the run stands in the ledger', async () => {
  const world = await twoReports();
  const handle = world.adjutant.workspace().as(await world.adjutant.owner());
  const ended = new AbortController();
  const working = world.adjutant.workActions({ signal: ended.signal });
  for (let hour = 0; hour < 30; hour += 1) {
    world.clock.advance(3_600_000);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
  await expect
    .poll(async () => {
      world.clock.advance(60_000);
      return (await handle.audit.list({ event: 'retention.purged' })).items.length;
    })
    .toBeGreaterThan(0);
  ended.abort();
  await working;
  expect(await textsOf(world)).toEqual(['the young one']);
  expect(await world.adjutant.jobs.schedules('default')).toContainEqual(
    expect.objectContaining({ name: 'retention.purge', cron: '11 4 * * *' }),
  );
});

test('what another store put into the same folder is left alone, and not restored', async () => {
  const sink = folderArchive(temporaryFolder());
  const one = await twoReports(sink);
  await one.data.purge();
  const [archive] = await one.data.archives.list();
  const names = await sink.list('');
  const other = await createReportWorld(['Ada'], {}, { archive: sink });
  onTestFinished(() => other.adjutant.close());
  const data = other.adjutant.data(await other.adjutant.owner());
  await data.purge();
  expect(await sink.list('')).toEqual(names);
  expect(await data.archives.list()).toMatchObject([{ state: 'foreign' }]);
  await expect(data.archives.restore(archive?.archiveId ?? '')).rejects.toMatchObject({
    code: 'Conflict',
  });
  expect(await one.data.archives.verify()).toMatchObject({ isIntact: true, archives: 1 });
});

test.each([
  ['-5', '9007199254740995'],
  ['9007199254740995', '-5'],
  ['9007199254740993', '9007199254740992'],
  ['-9223372036854775808', '9223372036854775807'],
])('a row at %s goes into an archive and away, beside a young one at %s', async (old, young) => {
  const world = await twoReports();
  const database = new Database(join(world.folder, 'a.db'));
  onTestFinished(() => void database.close());
  const places = { 'the old one, said anew': old, 'the old one': old, 'the young one': young };
  for (const [did, place] of Object.entries(places)) {
    for (const table of ['progress_reports', 'progress_report_revisions']) {
      database.exec(`update ${table} set rowid = ${place} where did = '${did}'`);
    }
  }
  const before = await exported(world);
  expect((await world.data.purge()).rows).toBe(2);
  expect(await textsOf(world)).toEqual(['the young one']);
  expect(await world.data.archives.verify()).toMatchObject({ isIntact: true, rows: 2 });
  const [archive] = await world.data.archives.list();
  await world.data.archives.restore(archive?.archiveId ?? '');
  expect(await exported(world)).toEqual(before);
});
