import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { fileSigningKey } from './file-signing-key.ts';

let folder: string;
let adjutant: Adjutant;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-ledgers-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  adjutant = await createAdjutant({ store: join(folder, 'store.db'), clock: createFakeClock() });
  onTestFinished(() => adjutant.close());
  for (const workspaceId of ['default', 'beside']) {
    const owner = await adjutant.owner(workspaceId);
    await adjutant.workspace(workspaceId).as(owner).requestRefresh();
    await adjutant.accessTokens(owner, workspaceId).create({ name: 'ci', scopes: ['read'] });
  }
});

/** Writes into the file as whoever has it can. */
function attack(...statements: readonly string[]): void {
  const file = new Database(join(folder, 'store.db'));
  const triggers = z
    .array(z.object({ name: z.string(), sql: z.string() }))
    .parse(file.prepare("select name, sql from sqlite_master where type = 'trigger'").all());
  for (const { name } of triggers) file.exec(`drop trigger "${name}"`);
  for (const statement of statements) file.exec(statement);
  for (const trigger of triggers) file.exec(trigger.sql);
  file.close();
}

async function checkpointOf(workspaceId: string): Promise<string> {
  const handle = adjutant.workspace(workspaceId).as(await adjutant.owner(workspaceId));
  const signingKey = fileSigningKey(join(folder, 'key.pem'));
  return (await handle.audit.checkpoint({ signingKey, to: async () => undefined })).text;
}

test('every workspace of a store is looked at, the default one first', async () => {
  const reports = await adjutant.verifyLedgers();
  expect(reports).toMatchObject([
    { workspaceId: 'default', ok: true },
    { workspaceId: 'beside', ok: true },
  ]);
  expect(reports.every(({ entries }) => entries > 0)).toBe(true);
});

test.each(['default', 'beside'])('what was changed in %s is found there alone', async (changed) => {
  attack(`update access_tokens set name = 'cd' where workspace_id = '${changed}'`);
  const reports = await adjutant.verifyLedgers();
  expect(reports.filter(({ ok }) => !ok).map(({ workspaceId }) => workspaceId)).toEqual([changed]);
});

test('rows of a workspace that nothing else names are found', async () => {
  attack("update access_tokens set workspace_id = 'ghost' where workspace_id = 'beside'");
  const reports = await adjutant.verifyLedgers();
  expect(reports.find(({ workspaceId }) => workspaceId === 'ghost')).toMatchObject({ ok: false });
});

test('each ledger is held against the checkpoints of its workspace', async () => {
  const checkpoints = [await checkpointOf('beside'), await checkpointOf('default')];
  const reports = await adjutant.verifyLedgers({ checkpoints });
  expect(reports).toMatchObject([
    { workspaceId: 'default', ok: true, checkpoints: [{ keyId: expect.any(String) }] },
    { workspaceId: 'beside', ok: true, checkpoints: [{ keyId: expect.any(String) }] },
  ]);
  expect(reports.every(({ provenUpTo }) => provenUpTo !== null)).toBe(true);
});

test('of a workspace that was taken out as a whole its checkpoint tells', async () => {
  const checkpoints = [await checkpointOf('beside')];
  await adjutant.deleteWorkspace('beside');
  attack("delete from audit_entries where workspace_id = 'beside'");
  attack("delete from audit_heads where workspace_id = 'beside'");
  const [own, other] = await adjutant.verifyLedgers({ checkpoints });
  expect(own).toMatchObject({ workspaceId: 'default', ok: true });
  expect(other).toMatchObject({ workspaceId: 'beside', ok: false });
});

test.each(['', 'adjutant.ledger/%', 'adjutant.ledger/beside\n1\nx\n'])(
  'a checkpoint that is none is refused: %j',
  async (text) => {
    const refused = adjutant.verifyLedgers({ checkpoints: [{ path: 'here', text }] });
    await expect(refused).rejects.toMatchObject({ code: 'InvalidInput' });
    await expect(refused).rejects.toThrow(/^here: /);
  },
);

test.each([5, null, { path: 'here' }])(
  'what is no checkpoint at all is refused: %j',
  async (wrong) => {
    const options = { checkpoints: [wrong] } as never;
    const handle = adjutant.workspace().as(await adjutant.owner());
    await expect(adjutant.verifyLedgers(options)).rejects.toMatchObject({ code: 'InvalidInput' });
    await expect(handle.audit.verify(options)).rejects.toMatchObject({ code: 'InvalidInput' });
  },
);
