import { hash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { exportWorkspace, importWorkspace } from '../workspace/export-workspace.ts';
import { deleteWorkspace } from '../workspace/delete-workspace.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { genesisHash } from './entry-hash.ts';
import { verifyLedger } from './verify-ledger.ts';
import {
  at,
  type LedgerWorld,
  openLedgerWorld,
  workspaceId,
  writeDecidedAction,
} from './testing/ledger-world.ts';
import { z } from 'zod';

let world: LedgerWorld;
beforeEach(async () => {
  world = await openLedgerWorld();
  await world.append(5, { reason: 'why not' });
});
afterEach(() => world.end());

async function linesOf(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

const lineSchema = z.object({ previousHash: z.string(), hash: z.string(), body: z.string() });

it('lists entries, newest first, in pages and by what they are about', async () => {
  const first = await world.audit.list({ limit: 2 });
  expect(first).toMatchObject({ total: 5, items: [{ seq: 5 }, { seq: 4 }] });
  const second = await world.audit.list({ limit: 2, cursor: first.nextCursor ?? '' });
  expect(second.items.map(({ seq }) => seq)).toEqual([3, 2]);
  expect(await world.audit.list({ subject: 'thing-3' })).toMatchObject({
    total: 1,
    items: [{ seq: 4, detail: { count: 3 } }],
  });
  expect((await world.audit.list({ since: at + 1, until: at + 3 })).items).toHaveLength(2);
  expect((await world.audit.list({ event: 'none.such' })).items).toEqual([]);
});

it('lists and shows an entry in which somebody left garbage', async () => {
  world.attack(`update audit_entries set detail = '{"a":' where seq = 5`);
  const [newest] = (await world.audit.list()).items;
  expect(newest).toMatchObject({ seq: 5, detail: {} });
  expect(await world.audit.show(newest?.id ?? '')).toMatchObject({ isIntact: false, detail: {} });
});

it('shows an entry with its place, and its personal words to whoever looks after the ledger', async () => {
  const [newest] = (await world.audit.list()).items;
  const id = newest?.id ?? '';
  expect(await world.audit.show(id)).toMatchObject({
    seq: 5,
    isIntact: true,
    personal: [{ name: 'reason', value: 'why not', state: 'shown' }],
  });
  const member = world.auditAs({ kind: 'person', personId: 'p9', role: 'member' });
  const agent = world.auditAs({ kind: 'agent', name: 'a', sponsorPersonId: 'p1' });
  for (const other of [member, agent]) {
    expect((await other.show(id)).personal).toEqual([
      { name: 'reason', value: null, state: 'hidden' },
    ]);
  }
  world.attack(
    `update audit_entries set event = 'x.y' where seq = 5`,
    `update audit_personal_data set value = 'because' where entry_id = '${id}'`,
  );
  expect(await world.audit.show(id)).toMatchObject({
    isIntact: false,
    personal: [{ value: 'because', state: 'changed' }],
  });
  await expect(world.audit.show('none')).rejects.toMatchObject({ code: 'NotFound' });
});

it('exports lines that a program without any of this code can check', async () => {
  let previous = genesisHash;
  let count = 0;
  for await (const line of world.audit.export()) {
    const { previousHash, hash: written, body } = lineSchema.parse(JSON.parse(line));
    expect(line).not.toContain('why not');
    expect(previousHash).toBe(previous);
    expect(hash('sha256', `adjutant.ledger.entry.v1\n${previous}\n${body}`)).toBe(written);
    previous = written;
    count += 1;
  }
  expect(count).toBe(5);
  const [first] = await linesOf(world.audit.export({ withPersonalData: true }));
  expect(first).toContain('why not');
});

it('lets neither members nor assistants export or erase', async () => {
  const agent = world.auditAs({ kind: 'agent', name: 'a', sponsorPersonId: 'p1' });
  const member = world.auditAs({ kind: 'person', personId: 'p9', role: 'member' });
  for (const other of [agent, member]) {
    await expect(linesOf(other.export())).rejects.toMatchObject({ code: 'Permission' });
    await expect(other.erasePersonalData({ personId: 'p1' })).rejects.toMatchObject({
      code: 'Permission',
    });
  }
});

it('erases what is personal of one entry, and of everything that a person did', async () => {
  const [newest] = (await world.audit.list()).items;
  const id = newest?.id ?? '';
  expect(await world.audit.erasePersonalData({ entryId: id })).toEqual({ entries: 1 });
  expect((await world.audit.show(id)).personal).toEqual([
    { name: 'reason', value: null, state: 'erased' },
  ]);
  expect(await world.audit.erasePersonalData({ personId: 'p1' })).toEqual({ entries: 4 });
  expect(world.query('select * from audit_personal_data')).toEqual([]);
  const [told] = (await world.audit.list()).items;
  expect(told).toMatchObject({ event: 'audit.personal_data_erased', actor: 'person:p1' });
  expect(await world.audit.verify()).toMatchObject({ ok: true, entries: 7 });
  await expect(world.audit.erasePersonalData({ personId: 'p1' })).rejects.toMatchObject({
    code: 'NotFound',
  });
});

it('erases a long history in parts', async () => {
  await world.append(420, { reason: 'again' });
  expect(await world.audit.erasePersonalData({ personId: 'p1' })).toEqual({ entries: 425 });
  expect(await world.audit.verify()).toMatchObject({ ok: true, entries: 428 });
});

it('leaves the words of others alone', async () => {
  await expect(world.audit.erasePersonalData({ personId: '1' })).rejects.toMatchObject({
    code: 'NotFound',
  });
  expect(world.query('select * from audit_personal_data')).toHaveLength(5);
});

it('verifies again in the store that an export was imported into', async () => {
  await writeDecidedAction(world);
  const [oldest] = (await world.audit.list({ subject: 'thing-0' })).items;
  await world.audit.erasePersonalData({ entryId: oldest?.id ?? '' });
  const { text } = await world.audit.checkpoint({
    signingKey: (await import('./file-signing-key.ts')).fileSigningKey(`${world.folder}/k.pem`),
    to: async () => undefined,
  });
  const copy = await openLedgerWorld();
  await importWorkspace(copy.store, exportWorkspace(world.store, workspaceId));
  const report = await copy.audit.verify({ checkpoints: [text] });
  expect(report).toMatchObject({ ok: true, findings: [], provenUpTo: report.head?.seq });
  await copy.append(1);
  expect(await copy.audit.verify({ checkpoints: [text] })).toMatchObject({ ok: true });
  await copy.end();
});

it('exports a ledger that ends where its record says, whatever is appended meanwhile', async () => {
  const lines: string[] = [];
  for await (const line of exportWorkspace(world.store, workspaceId)) {
    lines.push(line);
    if (lines.length % 3 === 0) await world.append(1, { reason: 'meanwhile' });
  }
  const copy = await openLedgerWorld();
  async function* written() {
    yield* lines;
  }
  await importWorkspace(copy.store, written());
  expect((await copy.audit.verify()).findings).toEqual([]);
  await copy.end();
});

it('goes with its workspace', async () => {
  await deleteWorkspace(world.store, workspaceId, createFakeClock(at));
  for (const table of ['audit_entries', 'audit_heads', 'audit_personal_data']) {
    expect(world.query(`select * from ${table}`)).toEqual([]);
  }
  expect(await verifyLedger(world.store, workspaceId)).toMatchObject({ ok: true, entries: 0 });
});
