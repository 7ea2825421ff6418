import { afterEach, beforeEach, expect, it } from 'vitest';
import { appendAuditEntry } from './append-audit-entry.ts';
import { genesisHash } from './entry-hash.ts';
import { at, type LedgerWorld, openLedgerWorld, workspaceId } from './testing/ledger-world.ts';

let world: LedgerWorld;
beforeEach(async () => {
  world = await openLedgerWorld();
});
afterEach(() => world.end());

const entry = { workspaceId, at, actor: 'system', event: 'thing.changed' };

it('numbers entries and links each to the one before it', async () => {
  await world.append(3);
  const rows = world.query<{ seq: number; previous_hash: string; hash: string }>(
    'select seq, previous_hash, hash from audit_entries order by seq',
  );
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(rows.map((row) => row.previous_hash)).toEqual([genesisHash, rows[0]?.hash, rows[1]?.hash]);
  expect(world.query('select * from audit_heads')).toEqual([
    { workspace_id: workspaceId, seq: 3, hash: rows[2]?.hash },
  ]);
});

it('keeps a chain for each workspace', async () => {
  await world.append(2);
  await world.store.transaction((transaction) =>
    appendAuditEntry(transaction, { ...entry, workspaceId: 'other' }),
  );
  expect(world.query('select workspace_id, seq from audit_heads order by seq')).toEqual([
    { workspace_id: 'other', seq: 1 },
    { workspace_id: workspaceId, seq: 2 },
  ]);
});

it('goes with the transaction that fails', async () => {
  await world.append(1);
  await expect(
    world.store.transaction(async (transaction) => {
      await appendAuditEntry(transaction, entry);
      throw new Error('the change failed');
    }),
  ).rejects.toThrow('the change failed');
  await world.append(1);
  expect(await world.audit.verify()).toMatchObject({ ok: true, entries: 2 });
});

it('keeps personal words out of the chain', async () => {
  await world.append(1, { reason: 'because of Ada' });
  const [row] = world.query<{ detail: string; personal_digests: string }>(
    'select detail, personal_digests from audit_entries',
  );
  expect(JSON.stringify(row)).not.toContain('Ada');
  expect(row?.personal_digests).toMatch(/^\{"reason":"[0-9a-f]{64}"\}$/);
  expect(world.query('select name, value from audit_personal_data')).toEqual([
    { name: 'reason', value: 'because of Ada' },
  ]);
});

it('stores words from outside so that the hash over them holds', async () => {
  const words = { title: 'a\0b\ud800', at: new Date(0), gone: undefined, infinite: Infinity };
  await world.store.transaction((transaction) =>
    appendAuditEntry(transaction, {
      ...entry,
      subject: 'x\0y',
      detail: words,
      personal: { reason: 'z\udfff' },
    }),
  );
  expect(await world.audit.verify()).toMatchObject({ ok: true });
  const { items } = await world.audit.list();
  expect(items[0]).toMatchObject({
    subject: 'x\uFFFDy',
    detail: { title: 'a\uFFFDb\uFFFD', at: '1970-01-01T00:00:00.000Z', infinite: null },
  });
});

it('counts the entries from before there was a chain, and says so of each', async () => {
  world.attack(
    `insert into audit_entries (id, workspace_id, at, actor, event, detail)
      values ('old-1', 'default', 1, 'system', 'x.y', '{}'), ('old-2', 'default', 2, 'system', 'x.y', '{}')`,
  );
  await world.append(1);
  expect(await world.audit.verify()).toMatchObject({ ok: true, unchained: 2, entries: 2 });
  expect(await world.audit.show('old-1')).toMatchObject({ seq: null, isIntact: null });
  world.attack(
    `insert into audit_entries (id, workspace_id, at, actor, event, detail)
      values ('old-3', 'default', 1, 'system', 'x.y', '{}')`,
  );
  const report = await world.audit.verify();
  expect(report.findings.map(({ code }) => code)).toEqual(['unchained_differs']);
});

it('refuses to go on from an end that is not the end', async () => {
  await world.append(3);
  world.attack('update audit_heads set seq = 1');
  await expect(world.append(1)).rejects.toMatchObject({ code: 'LedgerIntegrity' });
});
