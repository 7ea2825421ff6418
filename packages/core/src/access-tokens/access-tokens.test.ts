import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../domain.ts';
import { recordIdentityChange } from '../identity/record-identity-change.ts';
import { tables } from '../store/tables.ts';
import { type ApproverWorld, openApproverWorld } from '../testing/approver-world.ts';
import { createAccessTokens } from './create-access-tokens.ts';
import type { AccessTokens } from './handle.ts';
import { verifyAccessToken } from './verify-access-token.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const member: Viewer = { kind: 'person', personId: 'ada', role: 'member' };

let world: ApproverWorld;
let noted: string[];
beforeEach(async () => {
  world = await openApproverWorld();
  await world.addPerson('ada');
  noted = [];
});
afterEach(() => world.store.close());

function tokensOf(viewer: Viewer, workspaceId = 'default'): AccessTokens {
  const { store, clock } = world;
  const onToken = (token: string) => void noted.push(token);
  return createAccessTokens({ store, clock, workspaceId, onToken }, viewer);
}
const verify = (token: string, workspaceId = 'default') =>
  verifyAccessToken({ store: world.store, clock: world.clock, workspaceId }, token);

describe('a token', () => {
  test('is shown once, and stands nowhere in the store', async () => {
    const { token, ...made } = await tokensOf(member).create({ name: 'script', scopes: ['read'] });
    expect(token).toMatch(/^adj_[\w-]{43}$/);
    expect(noted).toEqual([token]);
    expect(await tokensOf(member).list()).toEqual([made]);
    const stored = JSON.stringify([
      await world.store.read.select().from(tables.accessTokens),
      await world.store.read.select().from(tables.auditEntries),
    ]);
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(token.slice(4));
  });

  test('stands for its person with the role that they have when it is used', async () => {
    const { token, id } = await tokensOf(member).create({ name: 'script', scopes: ['read'] });
    expect(await verify(token)).toEqual({
      tokenId: id,
      workspaceId: 'default',
      viewer: member,
      scopes: ['read'],
    });
    const setRole = (role: 'lead' | 'member') =>
      world.store.transaction(async (transaction) => {
        await transaction.update(tables.people).set({ role }).where(eq(tables.people.id, 'ada'));
      });
    await setRole('lead');
    expect(await verify(token)).toMatchObject({ viewer: { role: 'lead' } });
    await setRole('member');
    expect(await verify(token)).toMatchObject({ viewer: { role: 'member' } });
  });

  test('of an assistant is the assistant, working for its person', async () => {
    const made = await tokensOf(member).create({
      name: 'desk',
      scopes: ['read', 'propose', 'report', 'mcp'],
      agentName: 'helper',
    });
    const viewer = { kind: 'agent', name: 'helper', sponsorPersonId: 'ada' };
    expect(await verify(made.token)).toMatchObject({ viewer });
  });

  test.each(['write', 'metrics'] as const)('of an assistant never has %s', async (scope) => {
    const wanted = { name: 'desk', scopes: ['read' as const, scope], agentName: 'helper' };
    await expect(tokensOf(member).create(wanted)).rejects.toMatchObject({ code: 'InvalidInput' });
    expect(await tokensOf(member).list()).toEqual([]);
  });

  test('ends after its days, at once when revoked, and with the person being merged', async () => {
    const make = (name: string, expiresInDays = 90) =>
      tokensOf(member).create({ name, scopes: ['read'], expiresInDays });
    const short = await make('short', 1);
    const revoked = await make('revoked');
    const lasting = await make('lasting');
    await tokensOf(member).revoke(revoked.id);
    expect(await verify(revoked.token)).toBeNull();
    world.clock.advance(dayMs - 1);
    expect(await verify(short.token)).not.toBeNull();
    world.clock.advance(1);
    expect(await verify(short.token)).toBeNull();
    expect(await verify(lasting.token)).not.toBeNull();
    await world.addPerson('bo');
    await world.store.transaction(async (transaction) => {
      await recordIdentityChange(transaction, {
        workspaceId: 'default',
        kind: 'merge',
        fromPersonId: 'ada',
        toPersonId: 'bo',
        previousLinks: [],
        links: [],
        actor: `person:${world.owner}`,
        at: world.clock.now(),
      });
    });
    expect(await verify(lasting.token)).toBeNull();
  });

  test('opens no other workspace', async () => {
    const { token } = await tokensOf(member).create({ name: 'script', scopes: ['read'] });
    expect(await verify(token, 'other')).toBeNull();
    await expect(tokensOf(world.admin, 'other').create({ name: 'x', scopes: ['read'] }))
      .rejects //
      .toMatchObject({ code: 'NotFound' });
  });

  test('notes its use at most once an hour', async () => {
    const { token } = await tokensOf(member).create({ name: 'script', scopes: ['read'] });
    const lastUsedAt = async () => (await tokensOf(member).list())[0]?.lastUsedAt;
    expect(await lastUsedAt()).toBeNull();
    const first = world.clock.now();
    await verify(token);
    world.clock.advance(hourMs - 1);
    await verify(token);
    expect(await lastUsedAt()).toBe(first);
    world.clock.advance(1);
    await verify(token);
    expect(await lastUsedAt()).toBe(first + hourMs);
  });

  test.each(['', 'adj_', `adj_${'A'.repeat(43)}`, `ADJ_${'A'.repeat(43)}`, "adj_' or 1=1 --"])(
    'that nobody made is nobody’s: %j',
    async (token) => {
      await tokensOf(member).create({ name: 'script', scopes: ['read'] });
      expect(await verify(token)).toBeNull();
    },
  );
});

describe('who makes, sees and ends them', () => {
  const agent: Viewer = { kind: 'agent', name: 'helper', sponsorPersonId: 'ada' };
  test.each([agent, { kind: 'system' } as const])('not $kind', (viewer) => {
    expect(() => tokensOf(viewer)).toThrow(expect.objectContaining({ code: 'Permission' }));
  });

  test('a member their own, an administrator all', async () => {
    const own = await tokensOf(member).create({ name: 'of ada', scopes: ['read'] });
    const other = await tokensOf(world.admin).create({ name: 'of the owner', scopes: ['read'] });
    const names = async (viewer: Viewer) =>
      (await tokensOf(viewer).list()).map(({ name }) => name).toSorted();
    expect(await names(member)).toEqual(['of ada']);
    expect(await names(world.admin)).toEqual(['of ada', 'of the owner']);
    await expect(tokensOf(member).revoke(other.id)).rejects.toMatchObject({ code: 'NotFound' });
    expect(await verify(other.token)).not.toBeNull();
    await tokensOf(world.admin).revoke(own.id);
    expect(await verify(own.token)).toBeNull();
    await expect(tokensOf(member).revoke(own.id)).rejects.toMatchObject({ code: 'NotFound' });
  });

  test('the ledger tells who made and ended which', async () => {
    const { id } = await tokensOf(member).create({ name: 'secret name', scopes: ['read'] });
    await tokensOf(world.admin).revoke(id);
    const { auditEntries } = tables;
    const entries = await world.store.read
      .select({ event: auditEntries.event, actor: auditEntries.actor, detail: auditEntries.detail })
      .from(auditEntries)
      .where(eq(auditEntries.subject, `access_token:${id}`))
      .orderBy(auditEntries.seq);
    expect(entries).toMatchObject([
      { event: 'access_token.created', actor: 'person:ada', detail: { scopes: ['read'] } },
      { event: 'access_token.revoked', actor: `person:${world.owner}` },
    ]);
    expect(JSON.stringify(entries)).not.toContain('secret name');
  });

  test('nobody has more than fifty open', async () => {
    for (let made = 0; made < 50; made += 1) {
      await tokensOf(member).create({ name: `number ${made}`, scopes: ['read'], expiresInDays: 1 });
    }
    const another = { name: 'one more', scopes: ['read' as const] };
    await expect(tokensOf(member).create(another)).rejects.toMatchObject({ code: 'Conflict' });
    world.clock.advance(dayMs);
    expect(await tokensOf(member).create(another)).toMatchObject({ name: 'one more' });
  });
});
