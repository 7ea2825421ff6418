import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant, retentionClassIds } from '@adjutant/core';
import { createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { retentionClassSchema } from '../config/retention-schema.ts';
import { answering } from '../testing/answering.ts';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';

const dayMs = 86_400_000;
const then = Date.UTC(2025, 0, 6, 9);
const now = then + 366 * dayMs + 3_600_000;
const removals: (() => void)[] = [];
let cwd: string;

/** A store in which one report is 366 days old and one is 364. */
beforeEach(async () => {
  cwd = temporaryFolder((remove) => removals.push(remove));
  onTestFinished(() => removals.splice(0).forEach((remove) => remove()));
  configure('');
  const clock = createFakeClock(then);
  const adjutant = await createAdjutant({ store: join(cwd, 'store.db'), clock });
  const handle = adjutant.workspace().as(await adjutant.owner());
  await handle.reports.submit({ did: 'the old one' });
  clock.advance(2 * dayMs);
  await handle.reports.submit({ did: 'the young one' });
  await adjutant.close();
});

const configure = (more: string): void =>
  writeFileSync(join(cwd, 'adjutant.config.yaml'), `store: store.db\n${more}`);
const run = (line: string, answer?: boolean) =>
  runCli(line.split(' '), {
    cwd,
    clock: createFakeClock(now),
    ...(answer === undefined ? {} : { prompts: answering({ '?': answer }), isTty: true }),
  });
const jsonOf = async (line: string): Promise<unknown> => JSON.parse((await run(line)).stdout);
const reportsIn = async (): Promise<unknown> => jsonOf('report list --json');
const archivesSchema = z.object({
  archives: z.array(z.object({ archiveId: z.string(), state: z.string() })),
});

test('the classes of the configuration are those of the core', () => {
  expect(retentionClassSchema.options.toSorted()).toEqual(retentionClassIds.toSorted());
});

test('purge counts, asks, archives and deletes', async () => {
  const dry = await run('purge --dry-run');
  expect(dry).toMatchObject({ exitCode: 0, stderr: '' });
  expect(dry.stdout).toContain('reports  1 row  (365 days');
  expect(dry.stdout).toContain('1 row would go. Nothing was changed.');
  const declined = await run('purge', false);
  expect(declined.stdout).toContain('Nothing was changed.');
  expect(await reportsIn()).toMatchObject({ total: 2 });
  expect((await run('purge')).exitCode).toBe(2);
  const agreed = await run('purge', true);
  expect(agreed.stdout).toContain('1 row went.');
  expect(await reportsIn()).toMatchObject({ total: 1, items: [{ did: 'the young one' }] });
  const { archives } = archivesSchema.parse(await jsonOf('archive list --json'));
  expect(archives).toMatchObject([{ state: 'stands' }]);
  expect((await run('archive')).stdout).toContain(`${archives[0]?.archiveId}  1 row`);
});

test('an archive is checked and restored', async () => {
  await run('purge --yes');
  expect((await run('archive verify')).stdout).toContain('as they were written');
  const { archives } = archivesSchema.parse(await jsonOf('archive list --json'));
  const id = archives[0]?.archiveId ?? '';
  expect((await run(`archive restore ${id}`)).exitCode).toBe(2);
  expect((await run(`archive restore ${id}`, false)).stdout).toContain('Nothing was put back.');
  expect(await jsonOf(`archive restore ${id} --yes --json`)).toEqual({
    archiveId: id,
    rows: 1,
    present: 0,
  });
  expect(await reportsIn()).toMatchObject({ total: 2 });
  await run('purge --yes');
  const folder = join(cwd, 'store.db.archive', 'default', id);
  const file = readdirSync(folder).find((name) => name.startsWith('progress_reports.'));
  writeFileSync(join(folder, file ?? ''), 'something else');
  const broken = await run('archive verify');
  expect(broken.exitCode).toBe(1);
  expect(broken.stdout).toContain('is not what was written');
  expect((await run(`archive restore ${id} --yes`)).exitCode).not.toBe(0);
});

test('the configuration says how long and where', async () => {
  configure('retention: { reports: 400 }\narchive: elsewhere\n');
  expect(await jsonOf('purge --dry-run --json')).toMatchObject({ rows: 0 });
  expect((await run('purge --yes --older-than 100d --class reports')).stdout).toContain(
    '2 rows went',
  );
  expect(existsSync(join(cwd, 'elsewhere', 'default'))).toBe(true);
  configure('retention: { reports: kept }\narchive: false\n');
  expect(await jsonOf('purge --dry-run --json')).toMatchObject({ rows: 0 });
  expect((await run('archive')).stdout).toContain('Nothing is archived here.');
  for (const wrong of [
    'retention: { reports: 3 }\n',
    'retention: { everything: 3 }\n',
    'archive: 7\n',
  ]) {
    configure(wrong);
    expect((await run('purge --dry-run')).exitCode, wrong).toBeGreaterThan(1);
  }
});

test('nonsense is refused before anything is opened', async () => {
  for (const line of [
    'purge --older-than soon',
    'purge --class people',
    'purge --older-than 1d --yes',
    'archive restore',
    'backup',
    'restore',
    'restore nowhere.db --yes',
  ]) {
    const { exitCode, stderr } = await run(line);
    expect(exitCode, line).toBeGreaterThan(0);
    expect(stderr, line).not.toBe('');
  }
});

test('a backup is taken and restored', async () => {
  const taken = await run('backup copies/one.db');
  expect(taken).toMatchObject({ exitCode: 0, stderr: '' });
  expect(taken.stdout).toMatch(/SHA-256 [0-9a-f]{64}/);
  expect((await run('backup copies/one.db')).exitCode).not.toBe(0);
  writeFileSync(join(cwd, 'other.config.yaml'), 'store: other.db\n');
  expect((await run('--config other.config.yaml restore copies/one.db')).exitCode).toBe(2);
  const declined = await run('--config other.config.yaml restore copies/one.db', false);
  expect(declined.stdout).toContain('Nothing was restored.');
  const restored = await run('--config other.config.yaml restore copies/one.db --yes');
  expect(restored.stdout).toContain('its ledger verifies');
  const list = await jsonOf('--config other.config.yaml report list --json');
  expect(list).toMatchObject({ total: 2 });
});

test('a person is erased, and only by name', async () => {
  const account = {
    source: 'example',
    externalId: '77',
    login: 'quillazyxwander',
    name: 'Quilla Zyxwander',
    email: 'q@zyx.example',
    emailVerified: true,
    vendorId: null,
    kind: 'human',
    isBot: false,
  } as const;
  const source = createRowsConnector({
    id: 'example',
    records: () => ({ u: { accounts: [account] } }),
  });
  const adjutant = await createAdjutant({ store: join(cwd, 'store.db'), connectors: [source] });
  await adjutant.sync();
  await adjutant.close();
  await run('approvers confirm --people --yes');
  expect((await run('people erase Quilla')).exitCode).not.toBe(0);
  expect((await run('people erase quillazyxwander')).exitCode).toBe(2);
  expect((await run('people erase quillazyxwander', false)).stdout).toContain('Nobody was erased.');
  const erased = await run('people erase quillazyxwander --yes');
  expect(erased.stdout).toContain('is shown as "Erased person"');
  expect((await run('people')).stdout).not.toContain('Quilla');
  expect(readFileSync(join(cwd, 'store.db')).includes('Quilla')).toBe(false);
  expect((await run('people erase owner --yes')).exitCode).not.toBe(0);
  expect((await run('audit verify')).exitCode).toBe(0);
});
