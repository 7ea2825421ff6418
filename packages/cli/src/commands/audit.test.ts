import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant, systemClock } from '@adjutant/core';
import { createRowsConnector } from '@adjutant/core/testing';
import Database from 'libsql';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { dataHomeOf, runCli, temporaryFolder } from '../testing/run-cli.ts';

const removals: (() => void)[] = [];
let cwd: string;
beforeEach(async () => {
  cwd = temporaryFolder((remove) => removals.push(remove));
  onTestFinished(() => removals.splice(0).forEach((remove) => remove()));
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
  const adjutant = await createAdjutant({
    store: join(cwd, 'store.db'),
    connectors: [createRowsConnector({ id: 'forge', records: () => ({}) })],
  });
  const handle = adjutant.workspace().as(await adjutant.owner());
  await handle.requestRefresh();
  await adjutant.close();
});

const run = (line: string, options: { isTty?: boolean } = {}) =>
  runCli(line.split(' '), { cwd, ...options });

/** Opens the file as an attacker would, triggers gone while it writes. */
function attack(statement: string): void {
  const file = new Database(join(cwd, 'store.db'));
  const triggers = z
    .array(z.object({ name: z.string(), sql: z.string() }))
    .parse(file.prepare("select name, sql from sqlite_master where type = 'trigger'").all());
  for (const { name } of triggers) file.exec(`drop trigger "${name}"`);
  file.exec(statement);
  for (const trigger of triggers) file.exec(trigger.sql);
  file.close();
}

const pageSchema = z.object({
  items: z.array(z.object({ id: z.string(), seq: z.number(), event: z.string() })),
  total: z.number(),
});
const entries = async () => pageSchema.parse(JSON.parse((await run('audit list --json')).stdout));

test('the newest entries are listed, and one is shown', async () => {
  const { items } = await entries();
  // A program made this store, so the command has adopted it.
  expect(items[0]?.event).toBe('store.restored');
  const asked = items.find(({ event }) => event === 'sync.refresh_requested');
  const { stdout, exitCode } = await run('audit');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('sync.refresh_requested');
  const narrowed = await run('audit list --event none.such');
  expect(narrowed.stdout).toBe('The ledger has no such entry.\n');
  const shown = await run(`audit show ${asked?.id}`);
  expect(shown.stdout).toMatch(/^entry \d+ {2}sync\.refresh_requested\n/);
  expect(await run('audit show nothing')).toMatchObject({ exitCode: 2 });
  expect(await run('audit list --limit many')).toMatchObject({ exitCode: 2 });
});

test('words from outside cannot act in the terminal', async () => {
  attack("update audit_entries set subject = 'a' || char(27) || '[31mred'");
  for (const line of ['audit list', `audit show ${(await entries()).items[0]?.id}`]) {
    expect((await run(line)).stdout).not.toContain('\u001b');
  }
});

test('a ledger verifies, and says what that does not prove', async () => {
  const { stdout, exitCode } = await run('audit verify');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^\d+ entries verify\.\n/);
  expect(stdout).toContain('No checkpoint was given');
});

test('a workspace that somebody added is verified and named', async () => {
  const adjutant = await createAdjutant({ store: join(cwd, 'store.db') });
  await adjutant.accessTokens(await adjutant.owner('ghost'), 'ghost').create({
    name: 'ci',
    scopes: ['read'],
  });
  await adjutant.close();
  const clean = await run('audit verify');
  expect(clean.exitCode).toBe(0);
  expect(clean.stdout).toContain('Workspace ghost\n');
  expect(clean.stdout).toContain('The store holds another workspace.');
  attack("update access_tokens set name = 'cd' where workspace_id = 'ghost'");
  const { stdout, exitCode } = await run('audit verify --json');
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    findings: [],
    otherWorkspaces: [{ workspaceId: 'ghost', ok: false }],
  });
});

test('one edited byte fails the command and is named', async () => {
  attack("update audit_entries set event = 'sync.refresh_requestee' where seq = 2");
  const { stdout, exitCode } = await run('audit verify');
  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    'entry_edited: Entry 2 (sync.refresh_requestee) is not as it was written.',
  );
  const json = await run('audit verify --json');
  expect(json.exitCode).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({
    ok: false,
    findings: [{ code: 'entry_edited', seq: 2 }],
  });
});

test('colours are there for a person and can be turned off', async () => {
  expect((await run('audit verify', { isTty: true })).stdout).toContain('\u001b[32m');
  expect((await run('audit verify --no-color', { isTty: true })).stdout).not.toContain('\u001b');
});

test('a checkpoint is written once and then held against the ledger', async () => {
  const made = await run('audit checkpoint --to away');
  expect(made.exitCode).toBe(0);
  const [name = ''] = readdirSync(join(cwd, 'away'));
  const before = readFileSync(join(cwd, 'away', name), 'utf8');
  const key = join(dataHomeOf(cwd), 'adjutant', 'ledger-signing-key.pem');
  expect(statSync(key).mode & 0o777).toBe(0o600);
  expect(`${made.stdout}${made.stderr}`).not.toContain('PRIVATE KEY');
  for (const path of ['away', `away/${name}`]) {
    const verified = await run(`audit verify --checkpoint ${path}`);
    expect(verified).toMatchObject({ exitCode: 0 });
    expect(verified.stdout).toContain('Held against 1 exported checkpoint up to entry');
  }
  await run('audit checkpoint --to away');
  expect(readFileSync(join(cwd, 'away', name), 'utf8')).toBe(before);
  // The tail and the record of it are both cut off: the exported file knows, and so does this installation.
  attack('delete from audit_entries where seq = (select max(seq) from audit_entries)');
  attack(
    'update audit_heads set (seq, hash) = (select seq, hash from audit_entries order by seq desc limit 1)',
  );
  expect((await run('audit verify')).stdout).toContain(
    'older than this installation remembered, or was changed. The ledger had reached entry',
  );
  const found = await run('audit verify --checkpoint away');
  expect(found.exitCode).toBe(1);
  expect(found.stdout).toMatch(/tail_removed|checkpoint_differs/);
});

test('the configuration names the place, and doctor says how old the last one is', async () => {
  const doctor = async (clock?: { now: () => number }) => {
    const at = clock === undefined ? {} : { clock: { ...systemClock, ...clock } };
    const { stdout } = await runCli(['doctor', '--json'], { cwd, ...at });
    const { checks } = z
      .object({
        checks: z.array(z.object({ id: z.string(), state: z.string(), message: z.string() })),
      })
      .parse(JSON.parse(stdout));
    return checks.find(({ id }) => id === 'checkpoints');
  };
  expect((await doctor())?.message).toContain('could rewrite it whole');
  const config = 'store: store.db\ncheckpoints: { to: away, key: own.pem }\n';
  writeFileSync(join(cwd, 'adjutant.config.yaml'), config);
  expect((await doctor())?.message).toContain('There is no checkpoint in');
  expect(await run('audit checkpoint')).toMatchObject({ exitCode: 0 });
  expect(readdirSync(join(cwd, 'away'))).toHaveLength(1);
  expect(existsSync(join(cwd, 'own.pem'))).toBe(true);
  expect(await doctor()).toMatchObject({
    state: 'ok',
    message: 'the last checkpoint is 0 min old',
  });
  await run('actions stop');
  const later = Date.now() + 5 * 24 * 3_600_000;
  expect(await doctor({ now: () => later })).toMatchObject({
    state: 'note',
    message: expect.stringMatching(/is 5 d 0 h old; nothing after it is proven\.$/),
  });
});

test('what is no checkpoint is an error that names the file', async () => {
  writeFileSync(join(cwd, 'odd.checkpoint'), 'garbage');
  const { stderr, exitCode } = await run('audit verify --checkpoint odd.checkpoint');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('odd.checkpoint: The checkpoint is no checkpoint.');
  expect(await run('audit verify --checkpoint none')).toMatchObject({ exitCode: 2 });
  const placeless = await run('audit checkpoint');
  expect(placeless.exitCode).toBe(2);
  expect(placeless.stderr).toContain('Nothing says where the checkpoint goes.');
});

test('the chain is exported as lines, and over no other file', async () => {
  const { total } = await entries();
  const { stdout } = await run('audit export');
  expect(stdout.trimEnd().split('\n')).toHaveLength(total);
  expect((await run('audit export ledger.jsonl')).stdout).toContain(`${total} entries written to`);
  expect(existsSync(join(cwd, 'ledger.jsonl'))).toBe(true);
  expect(await run('audit export ledger.jsonl')).toMatchObject({ exitCode: 2 });
  expect(await run('audit export --json')).toMatchObject({ exitCode: 2 });
});
