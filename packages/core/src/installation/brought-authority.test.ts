import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { grantOwner } from '../approvers/owner-grant.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { openStore } from '../store/open-store.ts';
import { tables } from '../store/tables.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createInstallationMemory } from '../testing/installation-memory.ts';

const workspaceId = 'default';
const owner = 'owner:default';
const clock = createFakeClock();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-brought-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

async function open(store: string): Promise<Adjutant> {
  const installation = createInstallationMemory();
  const adjutant = await createAdjutant({ store, clock, installation });
  onTestFinished(() => adjutant.close());
  return adjutant;
}

/** The ways in which a file that somebody else made comes to be one's store. */
const ways: Readonly<Record<string, (from: string) => Promise<Adjutant>>> = {
  adopted: open,
  async restored(from) {
    const to = join(folder, 'restored.db');
    await restoreBackup({ from, to, clock, installation: createInstallationMemory() });
    return open(to);
  },
  async imported(from) {
    const theirs = await createAdjutant({ store: from, clock });
    const lines: string[] = [];
    for await (const line of theirs.exportWorkspace()) lines.push(line);
    await theirs.close();
    const adjutant = await open(join(folder, 'imported.db'));
    await adjutant.deleteWorkspace(workspaceId);
    await adjutant.importWorkspace(
      (async function* () {
        yield* lines;
      })(),
    );
    return adjutant;
  },
};

const ada = { source: 'forge', externalId: 'ada' };
const accountOf = (externalId: string, personId: string) => ({
  account: {
    ...{ id: `forge:${externalId}`, workspaceId, source: 'forge', externalId, login: externalId },
    ...{ name: externalId, email: `${externalId}@example.com`, emailVerified: true },
    ...{ vendorId: `forge:${externalId}`, timeZone: null, kind: 'human' as const, isBot: false },
  },
  link: {
    ...{ workspaceId, personId, accountSource: 'forge', accountExternalId: externalId },
    ...{ method: 'own_account' as const, confidence: 1, confirmedBy: null },
  },
});

/** Makes a store as whoever has this code can: every hash and seal fits. */
async function made(ownerOf: string, role: 'admin' | 'lead' | 'member'): Promise<string> {
  const path = join(folder, 'theirs.db');
  const store = await openStore(path, { clock });
  await store.transaction(async (transaction) => {
    const at = clock.now();
    await transaction
      .insert(tables.workspaces)
      .values({ id: workspaceId, name: workspaceId, createdAt: at });
    for (const [id, displayName, of] of [
      [owner, 'Owner', 'admin'],
      ['mallory', 'Mallory', role],
      ['ada', 'Ada', 'member'],
    ] as const) {
      await transaction
        .insert(tables.people)
        .values({ id, workspaceId, displayName, role: of, mergedIntoPersonId: null });
    }
    for (const [externalId, personId] of [
      ['mallory', owner],
      ['ada', 'ada'],
    ] as const) {
      const { account, link } = accountOf(externalId, personId);
      await transaction.insert(tables.accounts).values(account);
      await transaction.insert(tables.personAccounts).values(link);
    }
    await grantOwner(transaction, { workspaceId, personId: ownerOf, at });
  });
  await store.close();
  // A restore copies the file alone.
  const file = new Database(path);
  file.prepare('pragma wal_checkpoint(truncate)').all();
  file.close();
  return path;
}

test.each(Object.keys(ways))(
  'a store whose first right is not its owner’s is not taken: %s',
  async (way) => {
    const from = await made('mallory', 'admin');
    // A backup is verified before it is looked at.
    const code = way === 'restored' ? 'LedgerIntegrity' : 'StoreCorrupt';
    await expect(ways[way]?.(from)).rejects.toMatchObject({ code });
  },
);

test('a first right that is not the owner’s counts nowhere, and verification tells of it', async () => {
  const from = await made('mallory', 'admin');
  // Without a memory nothing is adopted.
  const adjutant = await createAdjutant({ store: from, clock });
  onTestFinished(() => adjutant.close());
  const handle = adjutant.workspace().as(await adjutant.owner());
  const { findings } = await handle.audit.verify();
  expect(findings.map(({ subject }) => subject)).toContain('mallory');
});

test.each(
  Object.keys(ways).flatMap((way) =>
    (['admin', 'lead'] as const).map((role) => [way, role] as const),
  ),
)('roles of a store that was %s end: %s', async (way, role) => {
  const from = await made(owner, role);
  if (way === 'restored' && role === 'admin') {
    await expect(ways[way]?.(from)).rejects.toMatchObject({ code: 'LedgerIntegrity' });
    return;
  }
  const adjutant = await ways[way]?.(from);
  if (adjutant === undefined) throw new Error('no such way');
  const handle = adjutant.workspace().as(await adjutant.owner());
  const { session } = await adjutant
    .approvers()
    .openVouchedSession({ personId: 'mallory', issuer: 'https://id.example', subject: 'm' });
  expect(session.viewer.role).toBe('member');
  const { items } = await handle.audit.list({ event: 'people.role_changed' });
  expect(items.map(({ detail }) => detail)).toEqual([
    { was: role, role: 'member', reason: 'store_restored' },
  ]);
  expect((await handle.audit.verify()).findings).toEqual([]);
});

test.each(Object.keys(ways))(
  'what a store that was %s says of accounts lets nobody in until it is confirmed',
  async (way) => {
    const adjutant = await ways[way]?.(await made(owner, 'member'));
    if (adjutant === undefined) throw new Error('no such way');
    const approvers = adjutant.approvers();
    const viewer = await adjutant.owner();
    expect(await approvers.personOfAddress('mallory@example.com')).toBeNull();
    expect(await approvers.personOfAddress('ada@example.com')).toBeNull();
    const { people } = await approvers.listUnconfirmed();
    expect(people).toEqual([
      { personId: 'ada', personName: 'Ada', accounts: [ada] },
      {
        personId: owner,
        personName: 'Owner',
        accounts: [{ source: 'forge', externalId: 'mallory' }],
      },
    ]);
    const wanted = { authenticatorIds: [], grantIds: [], personIds: ['ada'] };
    await expect(
      approvers.confirm({ kind: 'person', personId: 'ada', role: 'lead' }, wanted),
    ).rejects.toMatchObject({ code: 'Permission' });
    await approvers.confirm(viewer, wanted);
    expect(await approvers.personOfAddress('ada@example.com')).toBe('ada');
    expect(await approvers.personOfAddress('mallory@example.com')).toBeNull();
    expect((await approvers.listUnconfirmed()).people.map(({ personId }) => personId)).toEqual([
      owner,
    ]);
    await expect(approvers.confirm(viewer, wanted)).rejects.toMatchObject({ code: 'NotFound' });
    expect((await adjutant.workspace().as(viewer).audit.verify()).findings).toEqual([]);
  },
);
