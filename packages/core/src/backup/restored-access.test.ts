import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createAccessTokens } from '../access-tokens/create-access-tokens.ts';
import { verifyAccessToken } from '../access-tokens/verify-access-token.ts';
import type { ApproverContext } from '../approvers/approver-context.ts';
import { createApprovers } from '../approvers/approvers.ts';
import type { Approvers } from '../approvers/handle.ts';
import { readLinks } from '../approvers/linked-accounts.ts';
import { createProofVerifier } from '../approvers/proof-verifier.ts';
import { localRelyingParty, notYetServed } from '../approvers/relying-party.ts';
import { grantedRights } from '../approvers/reviewer-rights.ts';
import { verifyLedger } from '../audit/verify-ledger.ts';
import { noteRestored } from '../installation/store-restored.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { copyWhole } from '../store/whole-file.ts';
import { type ApproverWorld, openApproverWorld } from '../testing/approver-world.ts';
import { createTestAuthenticator, type TestAuthenticator } from '../testing/test-authenticator.ts';
import { restoreBackup, type RestoredBackup } from './restore-backup.ts';

const workspaceId = 'default';
let folder: string;
let world: ApproverWorld;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-access-'));
  world = await openApproverWorld(join(folder, 'store.db'));
  onTestFinished(async () => {
    await world.store.close();
    rmSync(folder, { recursive: true, force: true });
  });
});

async function restored(): Promise<{
  store: Store;
  approvers: Approvers;
  context: ApproverContext;
  told: RestoredBackup;
}> {
  const from = join(folder, 'backup.db');
  const to = join(folder, 'restored.db');
  await copyWhole(world.store, from);
  const told = await restoreBackup({ from, to, clock: world.clock });
  const store = await openStore(to);
  onTestFinished(() => store.close());
  const { clock } = world;
  const relyingParty = notYetServed(localRelyingParty);
  const context = { store, workspaceId, clock, relyingParty };
  return { store, approvers: createApprovers(context), context, told };
}

async function addSlackAccount(): Promise<void> {
  await world.store.transaction(async (transaction) => {
    await transaction.insert(tables.accounts).values({
      id: 'slack-owner',
      workspaceId,
      source: 'slack',
      externalId: 'T1/U1',
      vendorId: 'U1',
      login: 'owner',
      name: 'Owner',
      email: null,
      emailVerified: false,
      kind: 'human',
      isBot: false,
    });
    await transaction.insert(tables.personAccounts).values({
      workspaceId,
      personId: world.owner,
      accountSource: 'slack',
      accountExternalId: 'T1/U1',
      method: 'confirmed',
      confidence: 1,
      confirmedBy: 'system',
    });
  });
}

test('a token of the backup opens nothing any more, revoked since or not', async () => {
  const tokens = createAccessTokens(
    { store: world.store, clock: world.clock, workspaceId, onToken: () => undefined },
    world.admin,
  );
  const { token } = await tokens.create({ name: 'script', scopes: ['read'] });
  const { store, told } = await restored();
  expect(await verifyAccessToken({ store, clock: world.clock, workspaceId }, token)).toBeNull();
  expect(told.ended).toMatchObject([{ accessTokens: 1, reason: 'backup' }]);
  expect(await verifyLedger(store, workspaceId)).toMatchObject({ ok: true, findings: [] });
});

test('a session, a link, a question to a passkey and one that waits for a signature are over', async () => {
  const device = createTestAuthenticator();
  await world.addPerson('ada');
  await world.enrol(world.owner, device);
  const requestId = await world.enrolWaiting('ada', createTestAuthenticator());
  const { cookie } = await world.signIn();
  const { token } = await world.approvers.createLoginLink(world.admin);
  const asked = await world.approvers.beginSigning(world.owner, requestId);
  const { approvers, store, told } = await restored();
  expect(await approvers.readSession(cookie)).toBeNull();
  await expect(approvers.openSession(token)).rejects.toMatchObject({ code: 'Authentication' });
  const response = device.assert(asked.options);
  await expect(
    approvers.finishSigning(world.owner, { requestId, challengeId: asked.challengeId, response }),
  ).rejects.toMatchObject({ code: expect.stringMatching(/^(?:NotFound|Permission)$/) });
  expect(told.ended).toMatchObject([{ pageSessions: 1, loginLinks: 1, passkeyRequests: 1 }]);
  expect(await verifyLedger(store, workspaceId)).toMatchObject({ ok: true, findings: [] });
});

test('linked accounts and sign-ins through a provider have to be made again', async () => {
  const device = createTestAuthenticator();
  await world.enrol(world.owner, device);
  await addSlackAccount();
  const account = { accountSource: 'slack', accountExternalId: 'T1/U1' };
  const asked = await world.approvers.beginLink(world.owner, account);
  await world.approvers.finishLink(world.owner, {
    ...account,
    challengeId: asked.challengeId,
    response: device.assert(asked.options),
  });
  const subject = { issuer: 'https://idp.example.com', subject: '7', verifiedAddress: null };
  const bound = { ...subject, named: world.owner, suggested: null };
  expect(await world.approvers.personOfSubject(bound)).toBe(world.owner);
  expect(await readLinks(world.store.read, workspaceId)).toHaveLength(1);
  const { store, approvers, told } = await restored();
  expect(await readLinks(store.read, workspaceId)).toEqual([]);
  expect(await approvers.personOfSubject({ ...subject, named: null, suggested: null })).toBeNull();
  expect(told.ended).toMatchObject([{ accountLinks: 1, signIns: 1 }]);
  expect(await verifyLedger(store, workspaceId)).toMatchObject({ ok: true, findings: [] });
});

test('a passkey of the backup counts again once an administrator confirms it on the machine', async () => {
  const device = createTestAuthenticator();
  const other = createTestAuthenticator();
  await world.addPerson('ada');
  await world.enrol(world.owner, device);
  const requestId = await world.enrolWaiting('ada', other);
  await world.signRequest(world.owner, requestId, device);
  const before = await world.record(await world.passkeyProof(device));
  const { store, approvers, context } = await restored();
  const proofs = createProofVerifier(context);
  expect(await proofs.recheck(before)).toBe(false);
  const signInWith = async (key: TestAuthenticator) => {
    const { challengeId, options } = await approvers.beginSignIn();
    return approvers.finishSignIn({ challengeId, response: key.assert(options) });
  };
  await expect(signInWith(device)).rejects.toMatchObject({ code: 'Authentication' });
  expect((await approvers.grade()).assurance).toBe('cooperative');
  const waiting = await approvers.listUnconfirmed();
  expect(waiting.passkeys.map(({ personId }) => personId)).toEqual([world.owner, 'ada']);
  const [own] = waiting.passkeys;
  const wanted = { authenticatorIds: [own?.authenticatorId ?? ''], grantIds: [] };
  for (const viewer of [
    { kind: 'person', personId: 'ada', role: 'lead' },
    { kind: 'agent', name: 'helper', sponsorPersonId: world.owner },
    { kind: 'system' },
  ] as const) {
    await expect(approvers.confirm(viewer, wanted)).rejects.toMatchObject({ code: 'Permission' });
  }
  const nothing = { authenticatorIds: ['nothing'], grantIds: [] };
  await expect(approvers.confirm(world.admin, nothing)).rejects.toMatchObject({ code: 'NotFound' });
  await approvers.confirm(world.admin, wanted);
  expect((await signInWith(device)).session.viewer.personId).toBe(world.owner);
  await expect(signInWith(other)).rejects.toMatchObject({ code: 'Authentication' });
  expect(await verifyLedger(store, workspaceId)).toMatchObject({ ok: true, findings: [] });
  // A second restore takes it back.
  const again = await store.transaction((transaction) =>
    noteRestored(transaction, { workspaceId, at: 1, reason: 'backup', remembered: null }),
  );
  expect(again.pageSessions).toBe(1);
  await expect(signInWith(device)).rejects.toMatchObject({ code: 'Authentication' });
});

test('a right of the backup counts again once it is confirmed, or given anew; the owner keeps theirs', async () => {
  await world.addPerson('ada');
  await world.mapAccount('42', 'ada');
  const account = { accountSource: 'forge', accountExternalId: '42' };
  const grant = await world.approvers.grant(world.admin, account);
  const { store, approvers } = await restored();
  const mayDecide = (personId: string) =>
    store.transaction((transaction) =>
      grantedRights.mayDecide(transaction, {
        workspaceId,
        personId,
        type: 'pr.merge',
        escalationLevel: 0,
      }),
    );
  expect(await mayDecide('ada')).toBe(false);
  expect(await mayDecide(world.owner)).toBe(true);
  expect((await approvers.listUnconfirmed()).grants.map(({ id }) => id)).toEqual([grant.id]);
  await approvers.confirm(world.admin, { authenticatorIds: [], grantIds: [grant.id] });
  expect(await mayDecide('ada')).toBe(true);
  const { people, ...rest } = await approvers.listUnconfirmed();
  expect(rest).toEqual({ passkeys: [], grants: [] });
  expect(people.map(({ personId }) => personId)).toEqual(['ada']);
  await store.transaction((transaction) =>
    noteRestored(transaction, { workspaceId, at: 1, reason: 'backup', remembered: null }),
  );
  expect(await mayDecide('ada')).toBe(false);
  await expect(approvers.grant(world.admin, account)).rejects.toMatchObject({ code: 'Conflict' });
  const wanted = { authenticatorIds: [], grantIds: [], personIds: ['ada'] };
  await approvers.confirm(world.admin, wanted);
  await approvers.grant(world.admin, account);
  expect(await mayDecide('ada')).toBe(true);
  expect(await verifyLedger(store, workspaceId)).toMatchObject({ ok: true, findings: [] });
});
