import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../domain.ts';
import { recordIdentityChange } from '../identity/record-identity-change.ts';
import { tables } from '../store/tables.ts';
import { type ApproverWorld, openApproverWorld } from '../testing/approver-world.ts';
import { createTestAuthenticator } from '../testing/test-authenticator.ts';
import { ensureWorkspace } from '../workspace/default-owner.ts';
import { grantedRights } from './reviewer-rights.ts';

const workspaceId = 'default';
let world: ApproverWorld;
beforeEach(async () => {
  world = await openApproverWorld();
});
afterEach(() => world.store.close());

const rights = (personId: string, type = 'pr.merge', escalationLevel = 0) =>
  world.store.transaction((transaction) =>
    grantedRights.mayDecide(transaction, { workspaceId, personId, type, escalationLevel }),
  );

describe('rights', () => {
  test('the owner of a new workspace may decide, and the ledger says so', async () => {
    expect(await rights(world.owner)).toBe(true);
    expect(await world.events()).toEqual(['approver.granted']);
    await ensureWorkspace(world.store, workspaceId, world.clock);
    expect(await world.approvers.list()).toHaveLength(1);
  });

  test('an owner whose right was revoked does not get it back', async () => {
    const [grant] = await world.approvers.list();
    await world.approvers.revoke(world.admin, grant?.id ?? '');
    await ensureWorkspace(world.store, workspaceId, world.clock);
    expect(await rights(world.owner)).toBe(false);
  });

  test('a right belongs to an account, its type of action and its level', async () => {
    await world.addPerson('ada');
    await world.mapAccount('7', 'ada');
    await world.approvers.grant(world.admin, {
      accountSource: 'forge',
      accountExternalId: '7',
      scope: 'pr.merge',
      escalationLevel: 1,
    });
    expect(await rights('ada')).toBe(false);
    expect(await rights('ada', 'pr.merge', 1)).toBe(true);
    expect(await rights('ada', 'pr.close', 1)).toBe(false);
  });

  test('a right ends when its account turns out to be somebody else’s', async () => {
    await world.addPerson('ada');
    await world.addPerson('bo');
    await world.mapAccount('7', 'ada');
    await world.approvers.grant(world.admin, { accountSource: 'forge', accountExternalId: '7' });
    expect(await rights('ada')).toBe(true);
    await world.store.transaction(async (transaction) => {
      await transaction
        .update(tables.personAccounts)
        .set({ personId: 'bo' })
        .where(eq(tables.personAccounts.accountExternalId, '7'));
    });
    expect(await rights('ada')).toBe(false);
    expect(await rights('bo')).toBe(false);
  });

  test.each([
    ['a person', 'person:owner:default'],
    ['a rule', 'rule:written_mapping'],
  ])('a merge by %s moves no right, and the right rests', async (_, actor) => {
    await world.addPerson('ada');
    await world.addPerson('bo');
    await world.mapAccount('7', 'ada');
    await world.approvers.grant(world.admin, { accountSource: 'forge', accountExternalId: '7' });
    const links = await world.store.read.select().from(tables.personAccounts);
    await world.store.transaction(async (transaction) => {
      await recordIdentityChange(transaction, {
        workspaceId,
        kind: 'merge',
        fromPersonId: 'ada',
        toPersonId: 'bo',
        previousLinks: links,
        links: links.map((link) => ({ ...link, personId: 'bo' })),
        actor,
        at: world.clock.now(),
      });
    });
    expect(await rights('bo')).toBe(false);
    expect(await rights('ada')).toBe(false);
  });

  test('a merge written past Adjutant moves no rights', async () => {
    await world.addPerson('ada');
    await world.addPerson('mallory');
    await world.mapAccount('7', 'ada');
    await world.approvers.grant(world.admin, { accountSource: 'forge', accountExternalId: '7' });
    await world.store.transaction(async (transaction) => {
      await transaction
        .update(tables.people)
        .set({ mergedIntoPersonId: 'mallory' })
        .where(eq(tables.people.id, 'ada'));
      await transaction
        .update(tables.personAccounts)
        .set({ personId: 'mallory' })
        .where(eq(tables.personAccounts.accountExternalId, '7'));
      await transaction.insert(tables.identityChanges).values({
        id: 'forged',
        workspaceId,
        kind: 'merge',
        fromPersonId: 'ada',
        toPersonId: 'mallory',
        accounts: [],
        previousLinks: [],
        actor: 'person:owner:default',
        at: 0,
        undoneAt: null,
      });
    });
    expect(await rights('mallory')).toBe(false);
  });

  test('a row written past Adjutant gives no right', async () => {
    await world.addPerson('mallory');
    await world.store.transaction(async (transaction) => {
      await transaction.insert(tables.approverGrants).values({
        id: 'forged',
        workspaceId,
        accountSource: 'adjutant',
        accountExternalId: 'mallory',
        personId: 'mallory',
        scope: '*',
        escalationLevel: 0,
        grantedBy: 'system',
        grantedAt: 0,
        revokedAt: null,
      });
    });
    expect(await rights('mallory')).toBe(false);
  });

  test('only an administrator gives and takes rights', async () => {
    const agent: Viewer = { kind: 'agent', name: 'assistant', sponsorPersonId: world.owner };
    const input = { accountSource: 'adjutant', accountExternalId: world.owner };
    await expect(world.approvers.grant(agent, input)).rejects.toMatchObject({ code: 'Permission' });
    const member: Viewer = { kind: 'person', personId: 'ada', role: 'member' };
    await expect(world.approvers.grant(member, input)).rejects.toMatchObject({
      code: 'Permission',
    });
    await expect(world.approvers.revoke(agent, 'owner:default')).rejects.toMatchObject({
      code: 'Permission',
    });
  });
});

describe('links and sessions', () => {
  test('a link opens the page once', async () => {
    const { token } = await world.approvers.createLoginLink(world.admin);
    const { session } = await world.approvers.openSession(token);
    expect(session.viewer).toEqual(world.admin);
    await expect(world.approvers.openSession(token)).rejects.toMatchObject({
      code: 'Authentication',
    });
  });

  test('a link is good for five minutes', async () => {
    const { token } = await world.approvers.createLoginLink(world.admin);
    world.clock.advance(5 * 60_000 + 1);
    await expect(world.approvers.openSession(token)).rejects.toMatchObject({
      code: 'Authentication',
    });
  });

  test('neither link nor cookie stands in the store', async () => {
    const { token } = await world.approvers.createLoginLink(world.admin);
    const { cookie } = await world.approvers.openSession(token);
    const stored = JSON.stringify([
      await world.store.read.select().from(tables.loginLinks),
      await world.store.read.select().from(tables.pageSessions),
      await world.store.read.select().from(tables.auditEntries),
    ]);
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(cookie);
  });

  test('a session ends when its time is over and when somebody signs out', async () => {
    const { cookie } = await world.signIn();
    expect(await world.approvers.readSession(cookie)).not.toBeNull();
    await world.approvers.endSession(cookie);
    expect(await world.approvers.readSession(cookie)).toBeNull();
    const later = await world.signIn();
    world.clock.advance(12 * 3_600_000 + 1);
    expect(await world.approvers.readSession(later.cookie)).toBeNull();
  });

  test('an assistant gets no link, and a member none for somebody else', async () => {
    const agent: Viewer = { kind: 'agent', name: 'assistant', sponsorPersonId: world.owner };
    await expect(world.approvers.createLoginLink(agent)).rejects.toMatchObject({
      code: 'Permission',
    });
    const member: Viewer = { kind: 'person', personId: 'ada', role: 'member' };
    await expect(world.approvers.createLoginLink(member, world.owner)).rejects.toMatchObject({
      code: 'Permission',
    });
  });
});

describe('grade', () => {
  test('without a passkey an installation is cooperative and says what to do', async () => {
    expect(await world.approvers.grade()).toMatchObject({ assurance: 'cooperative', passkeys: [] });
    expect((await world.approvers.grade()).nextStep).toContain('adjutant serve');
  });

  test('two people with passkeys make decisions of two people possible', async () => {
    await world.addPerson('ada');
    const own = createTestAuthenticator();
    await world.enrol(world.owner, own);
    await world.approvers.grant(world.admin, {
      accountSource: 'adjutant',
      accountExternalId: 'ada',
    });
    const requestId = await world.enrolWaiting('ada', createTestAuthenticator());
    expect((await world.approvers.grade()).assurance).toBe('presence');
    await world.signRequest(world.owner, requestId, own);
    expect(await world.approvers.grade()).toMatchObject({ assurance: 'separate', nextStep: null });
  });
});
