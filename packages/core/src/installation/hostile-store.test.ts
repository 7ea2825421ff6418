import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { prepareAction } from '../actions/prepare-action.ts';
import type { Adjutant } from '../adjutant.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { defaultPolicyDocument } from '../policy/default-policy.ts';
import { type Policy, tierRule } from '../policy/policy.ts';
import { bringInForce } from '../policy/policy-versions.ts';
import { benchWorkspaceId, openActionBench } from '../testing/action-bench.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createInstallationMemory } from '../testing/installation-memory.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';
import { ensureWorkspace } from '../workspace/default-owner.ts';
import type { InstallationMemory } from './installation-memory.ts';

const clock = createFakeClock();
const looser: Policy = {
  ...defaultPolicyDocument,
  actions: { 'issue.create': { ...tierRule('low'), base: 'auto' } },
};

/** Its author's own store: an action that he approved, a token of his, a policy that he let in. */
let made: { path: string; token: string };
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-hostile-made-'));
  const path = join(folder, 'made.db');
  await goOn(path);
  const adjutant = await createAdjutant({ store: path, clock });
  const tokens = adjutant.accessTokens(await adjutant.owner());
  const { token } = await tokens.create({ name: 'script', scopes: ['read'] });
  await adjutant.close();
  made = { path, token };
  return () => rmSync(folder, { recursive: true, force: true });
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-hostile-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

/** Somebody else goes on with a store, until something in it is approved. */
async function goOn(url: string): Promise<void> {
  const bench = await openActionBench({ definitions: [createTestAction(world())], url, clock });
  await ensureWorkspace(bench.store, benchWorkspaceId, clock);
  const { id } = await bench
    .agent()
    .propose({ type: 'test.write', payload: { text: 'x' }, idempotencyKey: 'one' });
  await prepareAction(bench.deps, id);
  expect((await bench.person('reader').get(id)).status).toBe('approved');
  await bench.store.transaction((transaction) =>
    bringInForce(transaction, {
      workspaceId: benchWorkspaceId,
      policy: looser,
      at: clock.now(),
      actor: 'person:author',
      actionId: null,
      reason: 'approved',
    }),
  );
  await bench.close();
}

const world = () => ({ target: createTestTarget() });

function onFile(path: string, ...statements: readonly string[]): void {
  const file = new Database(path);
  try {
    for (const statement of statements) file.exec(statement);
  } finally {
    file.close();
  }
}

function copyOf(path: string, name: string): string {
  const copy = join(folder, name);
  for (const end of ['', '-wal', '-shm']) rmSync(`${copy}${end}`, { force: true });
  onFile(path, `vacuum into '${copy}'`);
  return copy;
}

const open = (store: string, installation?: InstallationMemory): Promise<Adjutant> =>
  createAdjutant({ store, clock, ...(installation === undefined ? {} : { installation }) });

interface Held {
  /** Why nothing of it was opened; null where it was. */
  refused: string | null;
  sent: number;
  isLetIn: boolean;
}

/** Opens a store, and has a worker that policy stops nowhere do what is due in it. */
async function held(path: string, installation?: InstallationMemory): Promise<Held> {
  let isLetIn: boolean;
  try {
    const adjutant = await open(path, installation);
    isLetIn = await adjutant.verifyAccessToken(made.token).then((found) => found !== null);
    await adjutant.close();
  } catch (error) {
    const refused = error instanceof Error && 'code' in error ? String(error.code) : 'foreign';
    return { refused, sent: 0, isLetIn: false };
  }
  const { target } = world();
  const bench = await openActionBench({
    definitions: [createTestAction({ target })],
    url: path,
    clock,
  });
  await bench.settle();
  await bench.close();
  return { refused: null, sent: target.sent, isLetIn };
}

const leaveOut = (table: string, when: string): string =>
  `create trigger leave_out_${table} before ${when} begin select raise(ignore); end`;

/** What a file can hold beside rows, or leave out, so that a row that was taken away counts again. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'nothing but its rows': [],
  'triggers that leave out what takes an approval away': [
    leaveOut('actions', "update on actions when NEW.status = 'pending'"),
    leaveOut('entries', "insert on audit_entries when NEW.event = 'store.restored'"),
    leaveOut('more', "insert on audit_entries when NEW.event = 'action.pending'"),
  ],
  'a trigger that leaves out the end of a token': [
    leaveOut('tokens', 'update on access_tokens when NEW.revoked_at is not null'),
  ],
  'a trigger that gives a token back': [
    `create trigger give_back after update on access_tokens when NEW.revoked_at is not null
      begin update access_tokens set revoked_at = null where id = NEW.id; end`,
  ],
  'a trigger of another name than ours instead of ours': [
    'drop trigger audit_entries_no_update',
    'create trigger audit_entries_no_updates before update on audit_entries begin select 1; end',
  ],
  'a view in the place of a table': [
    'alter table access_tokens rename to tokens_kept',
    'create view access_tokens as select * from tokens_kept',
    'create trigger kept instead of update on access_tokens begin select 1; end',
  ],
  'an index that hides rows': [
    'drop index access_tokens_person',
    'create index access_tokens_person on access_tokens (workspace_id, person_id) where 0',
    'pragma writable_schema = on',
    `update sqlite_master set sql = 'CREATE INDEX \`access_tokens_person\` ON \`access_tokens\` (\`workspace_id\`,\`person_id\`)'
      where name = 'access_tokens_person'`,
  ],
  'a workspace that is marked as going': ['update workspaces set deleting_at = 1'],
  'no list of workspaces': ['delete from workspaces'],
  'no ends of ledgers': ['drop trigger audit_heads_no_delete', 'delete from audit_heads'],
  'no first entry of its ledger': [
    'drop trigger audit_entries_no_delete',
    'delete from audit_entries where seq = 1',
  ],
  'no ledger at all': [
    'drop trigger audit_entries_no_delete',
    'drop trigger audit_heads_no_delete',
    'delete from audit_heads',
    'delete from audit_entries',
  ],
};
/** What makes a store that runs something and lets somebody in where it is taken for one's own. */
const asBefore = { refused: null, sent: 1, isLetIn: true };

describe('a store that somebody else made', () => {
  test.each(Object.entries(kinds))(
    'with %s: nothing runs, nobody is let in',
    async (_, planted) => {
      const path = copyOf(made.path, 'planted.db');
      onFile(path, ...planted);
      expect(await held(path, createInstallationMemory())).toMatchObject({
        sent: 0,
        isLetIn: false,
      });
    },
  );

  test.each(['no list of workspaces', 'a workspace that is marked as going'])(
    'with %s would run where it was made',
    async (kind) => {
      const path = copyOf(made.path, 'control.db');
      onFile(path, ...(kinds[kind] ?? []));
      expect(await held(path)).toEqual(asBefore);
    },
  );

  test.each(Object.entries(kinds).filter(([, planted]) => /create |drop /.test(planted.join())))(
    'with %s is refused, and so it is as a backup',
    async (_, planted) => {
      const path = copyOf(made.path, 'planted.db');
      onFile(path, ...planted);
      const { refused } = await held(path, createInstallationMemory());
      expect(['Configuration', 'StoreCorrupt']).toContain(refused);
      const to = join(folder, 'restored.db');
      await expect(restoreBackup({ from: path, to, clock })).rejects.toThrow();
    },
  );

  test('with what other programs leave beside, and that does nothing, is taken', async () => {
    const path = copyOf(made.path, 'beside.db');
    onFile(
      path,
      'create table _litestream_seq (id integer primary key, seq integer)',
      'create index by_time on commits (committed_at)',
      'create view mine as select 1 as one',
      'analyze',
    );
    const taken = await held(path, createInstallationMemory());
    expect(taken).toEqual({ refused: null, sent: 0, isLetIn: false });
  });

  test('and that goes on from an end that was known here is not taken for the known one', async () => {
    const path = join(folder, 'theirs.db');
    await (await open(path)).close();
    const memory = createInstallationMemory();
    await (await open(copyOf(path, 'here.db'), memory)).close();
    await goOn(path);
    expect(await held(copyOf(path, 'here.db'), memory)).toMatchObject({ sent: 0 });
  });

  test('brings no policy that asks for less than the default one', async () => {
    const path = copyOf(made.path, 'policy.db');
    const before = await open(copyOf(made.path, 'control.db'));
    expect((await before.policy())?.inForce.policy).toEqual(looser);
    await before.close();
    const adjutant = await open(path, createInstallationMemory());
    onTestFinished(() => adjutant.close());
    expect((await adjutant.policy())?.inForce.policy).toEqual(defaultPolicyDocument);
  });
});

test('what an import brings counts no more than what a foreign store does, also in one of ones own', async () => {
  const from = await open(copyOf(made.path, 'from.db'));
  const to = join(folder, 'to.db');
  const mine = await open(to, createInstallationMemory({ adopts: true }));
  await mine.importWorkspace(
    (async function* going() {
      for await (const line of from.exportWorkspace()) {
        // Marked as one that is going, so that entries of its ledger could go.
        yield line.replace(/^(\["workspaces",\[.*),null(\]\])$/, '$1,1$2');
      }
    })(),
  );
  expect((await mine.policy())?.inForce.policy).toEqual(defaultPolicyDocument);
  await mine.close();
  await from.close();
  expect(await held(to)).toMatchObject({ refused: null, sent: 0 });
  onFile(to, `vacuum into '${join(folder, 'look.db')}'`);
  const file = new Database(join(folder, 'look.db'));
  expect(file.prepare('select deleting_at from workspaces').all()).toEqual([{ deleting_at: null }]);
  file.close();
});

test('a backup with a policy that asks for less than the default one brings none either', async () => {
  const to = join(folder, 'restored.db');
  copyFileSync(copyOf(made.path, 'backup.db'), join(folder, 'taken.db'));
  await restoreBackup({ from: join(folder, 'taken.db'), to, clock });
  const adjutant = await open(to);
  onTestFinished(() => adjutant.close());
  expect((await adjutant.policy())?.inForce.policy).toEqual(defaultPolicyDocument);
});
