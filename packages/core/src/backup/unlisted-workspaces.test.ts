import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createInstallationMemory } from '../testing/installation-memory.ts';
import { restoreBackup } from './restore-backup.ts';

const clock = createFakeClock();

/** Writes into a file as whoever has it can: its triggers are gone meanwhile, and there again after. */
function edit(path: string, statements: readonly string[]): void {
  const file = new Database(path);
  const triggers = z
    .array(z.object({ name: z.string(), sql: z.string() }))
    .parse(file.prepare("select name, sql from sqlite_master where type = 'trigger'").all());
  for (const { name } of triggers) file.exec(`drop trigger "${name}"`);
  for (const statement of statements) file.exec(statement);
  for (const trigger of triggers) file.exec(trigger.sql);
  // A restore copies the file alone.
  file.prepare('pragma wal_checkpoint(truncate)').all();
  file.close();
}

interface Kind {
  without: string;
  statements: readonly string[];
  /** The code with which it is refused; null where it is restored. */
  refused: string | null;
}
const noList = 'delete from workspaces';
const kinds: readonly Kind[] = [
  { without: 'the list of workspaces', statements: [noList], refused: null },
  {
    without: 'the list of workspaces and the ends of ledgers',
    statements: [noList, 'delete from audit_heads'],
    refused: 'LedgerIntegrity',
  },
  {
    without: 'every list and the ledger itself',
    statements: [noList, 'delete from audit_heads', 'delete from audit_entries'],
    refused: 'LedgerIntegrity',
  },
  {
    without: 'a whole name of a workspace',
    statements: ["update access_tokens set workspace_id = 'default' || char(0)"],
    refused: 'StoreCorrupt',
  },
];

test.each(kinds)(
  'a backup without $without lets nobody in who was shut out since',
  async ({ statements, refused }) => {
    const folder = mkdtempSync(join(tmpdir(), 'adjutant-unlisted-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const installation = createInstallationMemory();
    const open = async (name: string): Promise<Adjutant> => {
      const adjutant = await createAdjutant({ store: join(folder, name), clock, installation });
      onTestFinished(() => adjutant.close());
      return adjutant;
    };
    const from = join(folder, 'backup.db');
    const to = join(folder, 'restored.db');
    const made = await open('a.db');
    const owner = await made.owner();
    const tokens = made.accessTokens(owner);
    const { token } = await tokens.create({ name: 'script', scopes: ['read'] });
    // One more workspace, in which all that is told is its owner's right.
    await made.owner('other');
    await made.data(owner).backup(from);
    for (const { id } of await tokens.list()) await tokens.revoke(id);
    await made.close();

    edit(from, statements);
    const restoring = restoreBackup({ from, to, clock, installation });
    if (refused !== null) {
      await expect(restoring).rejects.toMatchObject({ code: refused });
      expect(existsSync(to)).toBe(false);
      return;
    }
    const told = await restoring;
    const everyOne = ['default', 'other'];
    expect(told.ledgers.map(({ workspaceId }) => workspaceId).toSorted()).toEqual(everyOne);
    expect(told.ended).toMatchObject(
      everyOne.map((workspaceId) => ({
        workspaceId,
        reason: 'backup',
        accessTokens: workspaceId === 'default' ? 1 : 0,
      })),
    );
    const restored = await open('restored.db');
    expect(await restored.verifyAccessToken(token)).toBeNull();
    for (const workspaceId of everyOne) {
      const handle = restored.workspace(workspaceId).as(await restored.owner(workspaceId));
      const { items } = await handle.audit.list({ event: 'store.restored' });
      expect(items).toMatchObject([{ detail: { reason: 'backup' } }]);
    }
  },
);
