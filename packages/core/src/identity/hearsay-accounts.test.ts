import { eq, sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { viewerOfAccount } from '../approvers/link-account.ts';
import type { Account, Viewer } from '../domain.ts';
import { ownAccounts } from '../reports/own-accounts.ts';
import { queryTuples } from '../store/raw-query.ts';
import { tables } from '../store/tables.ts';
import { vouchedProof } from '../testing/vouching-host.ts';
import { mergePeople, undoIdentityChange } from './change-identity.ts';
import { confirmAccount } from './confirm-account.ts';
import { type AuthorityWorld, openAuthorityWorld } from './testing/authority-world.ts';

const workspaceId = 'default';
const account = { accountSource: 'git', accountExternalId: 'vera@x.org' };
const key = { source: 'git', externalId: 'vera@x.org' };
const lead: Viewer = { kind: 'person', personId: 'otto', role: 'lead' };

/** What is there before Vera's account is first read, and makes it Mallory's for figures. */
const rules: Readonly<Record<string, Partial<Account> & { mapped?: boolean; declared?: boolean }>> =
  {
    'a mailmap line': { mapped: true },
    'a number in an address': { vendorId: 'forge:mallory' },
    'the configuration': { declared: true },
  };

async function addAccount(
  { world: { store } }: AuthorityWorld,
  externalId: string,
  fields: Partial<Account> = {},
): Promise<void> {
  await store.transaction(async (transaction) => {
    await transaction.insert(tables.accounts).values({
      ...{ id: externalId, workspaceId, source: 'git', externalId, login: null, name: externalId },
      ...{ email: externalId, emailVerified: false, vendorId: null, timeZone: null },
      ...{ kind: 'human', isBot: false },
      ...fields,
    });
  });
}

async function open(rule: string): Promise<AuthorityWorld> {
  const authority = await openAuthorityWorld(['mallory', 'otto']);
  const { store } = authority.world;
  onTestFinished(() => store.close());
  const { mapped = false, declared = false, ...fields } = rules[rule] ?? {};
  await addAccount(authority, 'mallory@x.org');
  await authority.world.store.transaction(async (transaction) => {
    await transaction.insert(tables.personAccounts).values({
      ...{ workspaceId, personId: 'mallory', accountSource: 'git', method: 'confirmed' },
      ...{ accountExternalId: 'mallory@x.org', confidence: 1, confirmedBy: 'system' },
    });
    if (!mapped) return;
    await transaction.insert(tables.identityMappings).values({
      ...{ workspaceId, source: 'git', fromExternalId: 'vera@x.org', displayName: 'Mallory' },
      ...{ toExternalId: 'mallory@x.org', method: 'explicit_mapping' },
    });
  });
  await addAccount(authority, 'vera@x.org', fields);
  await authority.declare(
    declared ? ['mallory', { source: 'git', externalId: 'vera@x.org' }] : ['mallory'],
  );
  expect(await holderOf(authority)).toBe('mallory');
  return authority;
}

async function holderOf({ world: { store } }: AuthorityWorld): Promise<string | undefined> {
  const { personAccounts } = tables;
  const [row] = await store.read
    .select({ personId: personAccounts.personId })
    .from(personAccounts)
    .where(eq(personAccounts.accountExternalId, 'vera@x.org'));
  return row?.personId;
}

async function ownOf(authority: AuthorityWorld): Promise<string[]> {
  const context = authority.context({ kind: 'person', personId: 'mallory', role: 'member' });
  const { list } = await ownAccounts(context, 'mallory');
  const rows = await queryTuples<[string, string]>(
    authority.world.store.read,
    sql`select * from ${list}`,
  );
  return rows.map(([, externalId]) => externalId).toSorted();
}

test.each(Object.keys(rules))(
  'an account that came by %s when it was first read carries no right and no private view',
  async (rule) => {
    const authority = await open(rule);
    const { approvers, admin, owner } = authority.world;
    await expect(approvers.grant(admin, account)).rejects.toMatchObject({ code: 'Conflict' });
    expect(await ownOf(authority)).toEqual(['mallory', 'mallory-2', 'mallory@x.org']);
    const spoken = { ...account, vendorId: rules[rule]?.vendorId ?? 'none' };
    expect(await viewerOfAccount(authority.world.context, spoken)).toBeNull();
    if (rules[rule]?.vendorId !== undefined) {
      await expect(approvers.beginLink(owner, account)).rejects.toMatchObject({ code: 'Conflict' });
    }
    // Once an administrator who is there says that it is hers, it is.
    const asAdmin = authority.context(admin);
    await expect(confirmAccount(asAdmin, key, 'mallory')).rejects.toMatchObject({
      code: 'Permission',
    });
    await confirmAccount(asAdmin, key, 'mallory', vouchedProof(admin));
    expect(await ownOf(authority)).toEqual(['mallory', 'mallory-2', 'mallory@x.org', 'vera@x.org']);
    expect(await approvers.grant(admin, account)).toMatchObject({ personId: 'mallory' });
  },
);

test('what an administrator who was there decided, a lead does not take back', async () => {
  const authority = await openAuthorityWorld(['vera', 'mallory', 'otto']);
  onTestFinished(() => authority.world.store.close());
  const { admin } = authority.world;
  const proof = vouchedProof(admin);
  const made = await mergePeople(authority.context(admin), 'vera', 'mallory', proof);
  await expect(undoIdentityChange(authority.context(lead), made.id)).rejects.toMatchObject({
    code: 'Permission',
  });
  await expect(undoIdentityChange(authority.context(admin), made.id)).rejects.toMatchObject({
    code: 'Permission',
  });
  await undoIdentityChange(authority.context(admin), made.id, vouchedProof(admin));
});
