import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tables } from '../store/tables.ts';
import { type LedgerWorld, openLedgerWorld } from './testing/ledger-world.ts';

const { auditEntries, auditHeads, auditPersonalData } = tables;

let world: LedgerWorld;
beforeEach(async () => {
  world = await openLedgerWorld();
  await world.append(2, { reason: 'why' });
});
afterEach(() => world.end());

it('lets no entry be changed or removed', async () => {
  const { store } = world;
  await expect(
    store.transaction(async (transaction) => {
      await transaction.update(auditEntries).set({ actor: 'nobody' });
    }),
  ).rejects.toThrow();
  await expect(
    store.transaction(async (transaction) => {
      await transaction.delete(auditEntries).where(eq(auditEntries.seq, 2));
    }),
  ).rejects.toThrow();
});

it('lets the end of the chain only move on', async () => {
  const { store } = world;
  await expect(
    store.transaction(async (transaction) => {
      await transaction.update(auditHeads).set({ seq: 1 });
    }),
  ).rejects.toThrow();
  await expect(
    store.transaction(async (transaction) => {
      await transaction.delete(auditHeads);
    }),
  ).rejects.toThrow();
});

it('lets personal data go only with the entry that tells of it', async () => {
  const { store, audit } = world;
  await expect(
    store.transaction(async (transaction) => {
      await transaction.update(auditPersonalData).set({ value: 'another reason' });
    }),
  ).rejects.toThrow();
  await expect(
    store.transaction(async (transaction) => {
      await transaction.delete(auditPersonalData);
    }),
  ).rejects.toThrow();
  const [newest] = (await audit.list()).items;
  await audit.erasePersonalData({ entryId: newest?.id ?? '' });
  // The entry names one row, so the other one still may not go.
  await expect(
    store.transaction(async (transaction) => {
      await transaction.delete(auditPersonalData);
    }),
  ).rejects.toThrow();
  expect(await audit.verify()).toMatchObject({ ok: true });
});
