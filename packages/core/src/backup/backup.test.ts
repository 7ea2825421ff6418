import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { createReportWorld, monday } from '../reports/testing/report-world.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { restoreBackup } from './restore-backup.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

const clock = createFakeClock(monday);

const withoutHead = (lines: readonly string[]): string[] =>
  lines.filter((line) => !line.startsWith('["audit_heads"'));

async function linesOf(adjutant: Adjutant): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of adjutant.exportWorkspace()) lines.push(line);
  return lines;
}

/** The driver lets go of a file once its statements are collected; a process of its own needs none of this. */
async function letGo(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 5; turn += 1) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function open(store: string): Promise<Adjutant> {
  const adjutant = await createAdjutant({ store, clock });
  onTestFinished(() => adjutant.close());
  return adjutant;
}

test('a backup is the whole store of one moment, and a store that verifies', async () => {
  const world = await createReportWorld(['Ada'], {}, { store: join(folder, 'a.db') });
  await world.as('Ada').reports.submit({ did: 'kept' });
  const before = await linesOf(world.adjutant);
  const owner = await world.adjutant.owner();
  const backup = await world.adjutant.data(owner).backup(join(folder, 'copies', 'one.db'));
  expect(backup.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(backup.bytes).toBe(statSync(backup.path).size);
  expect(statSync(backup.path).mode & 0o077).toBe(0);
  expect(readdirSync(join(folder, 'copies'))).toEqual(['one.db']);
  await world.as('Ada').reports.submit({ did: 'changed since' });
  await expect(world.adjutant.data(owner).backup(backup.path)).rejects.toMatchObject({
    code: 'Conflict',
  });
  const handle = world.adjutant.workspace().as(owner);
  expect((await handle.audit.list({ event: 'data.backed_up' })).items).toHaveLength(1);
  await world.adjutant.close();

  const to = join(folder, 'restored.db');
  const restored = await restoreBackup({ from: backup.path, to, clock });
  expect(restored).toMatchObject({ path: to, setAside: null, ledgers: backup.ledgers });
  const adjutant = await open(to);
  // The ledger goes on with the restore; all else is as it was.
  const after = await linesOf(adjutant);
  expect(withoutHead(after)).toEqual(expect.arrayContaining(withoutHead(before)));
  const more = withoutHead(after).filter((line) => !before.includes(line));
  expect(more).toEqual([expect.stringContaining('"store.restored"')]);
});

test('a backup that is taken while others write restores to a store that verifies', async () => {
  const world = await createReportWorld(['Ada'], {}, { store: join(folder, 'a.db') });
  onTestFinished(() => world.adjutant.close());
  const owner = await world.adjutant.owner();
  const handle = world.adjutant.workspace().as(owner);
  let written = 0;
  const over = new AbortController();
  const writing = (async () => {
    while (!over.signal.aborted) {
      await world.as('Ada').reports.submit({ did: `word ${written}` });
      written += 1;
    }
  })();
  const entries: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const from = join(folder, `${round}.db`);
    await world.adjutant.data(owner).backup(from);
    const to = join(folder, `restored-${round}.db`);
    await restoreBackup({ from, to, clock });
    const copy = await open(to);
    const report = await copy
      .workspace()
      .as(await copy.owner())
      .audit.verify();
    expect(report).toMatchObject({ ok: true });
    entries.push(report.entries);
    // What the copy says of the ledger is the beginning of what the store says.
    const own = (await linesOf(copy)).filter(
      (line) => line.startsWith('["audit_entries"') && !line.includes('"store.restored"'),
    );
    const all = new Set(await linesOf(world.adjutant));
    expect(own.filter((line) => !all.has(line))).toEqual([]);
  }
  over.abort();
  await writing;
  expect(written).toBeGreaterThan(0);
  expect(entries.toSorted((a, b) => a - b)).toEqual(entries);
  expect(await handle.audit.verify()).toMatchObject({ ok: true });
});

test('nothing is restored over a store that somebody has open, or that goes on after the backup', async () => {
  const store = join(folder, 'a.db');
  const world = await createReportWorld(['Ada'], {}, { store });
  const from = join(folder, 'backup.db');
  await world.adjutant.data(await world.adjutant.owner()).backup(from);
  await world.as('Ada').reports.submit({ did: 'after the backup' });
  const after = await linesOf(world.adjutant);
  await expect(restoreBackup({ from, to: store, clock })).rejects.toMatchObject({
    code: 'StoreBusy',
  });
  await world.adjutant.close();
  await letGo();
  await expect(restoreBackup({ from, to: store, clock })).rejects.toMatchObject({
    code: 'Conflict',
    message: expect.stringContaining('entries more'),
  });
  const still = await createAdjutant({ store, clock });
  expect(await linesOf(still)).toEqual(after);
  await still.close();
  await letGo();
  const { setAside } = await restoreBackup({ from, to: store, replaceNewer: true, clock });
  const aside = await open(setAside ?? '');
  expect(await linesOf(aside)).toEqual(after);
  const restored = await open(store);
  const reports = await restored
    .workspace()
    .as({ kind: 'person', personId: world.idOf('Ada'), role: 'member' })
    .reports.list();
  expect(reports.items).toEqual([]);
});

test('what is no backup, is damaged or has a broken ledger is not put in anybody’s place', async () => {
  const store = join(folder, 'a.db');
  const world = await createReportWorld(['Ada'], {}, { store });
  await world.adjutant.close();
  await letGo();
  const text = join(folder, 'text.db');
  writeFileSync(text, 'not a database at all, only words\n'.repeat(200));
  for (const from of [text, join(folder, 'nowhere.db'), store]) {
    await expect(restoreBackup({ from, to: store, clock })).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:StoreCorrupt|NotFound|InvalidInput|Configuration)$/),
    });
  }
  expect(readdirSync(folder).toSorted()).toEqual(['a.db', 'text.db']);
  await expect(
    restoreBackup({ from: text, to: 'libsql://example.com', clock }),
  ).rejects.toMatchObject({ code: 'Configuration' });
});

test('what was stopped stays stopped in the backup that takes the place of the store', async () => {
  const store = join(folder, 'own.db');
  const from = join(folder, 'backup.db');
  const adjutant = await createAdjutant({ store, clock });
  const owner = await adjutant.owner();
  await adjutant.data(owner).backup(from);
  await adjutant.workspace().as(owner).actions.stop('*', 'something is wrong');
  await adjutant.close();
  await letGo();
  const { ended } = await restoreBackup({ from, to: store, clock, replaceNewer: true });
  expect(ended).toMatchObject([{ stopped: 1 }]);
  const handle = (await open(store)).workspace().as(owner);
  expect(await handle.actions.stops()).toMatchObject([
    { scope: '*', setBy: `person:${owner.kind === 'person' ? owner.personId : ''}` },
  ]);
  expect(await handle.audit.verify()).toMatchObject({ ok: true });
});
