import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../domain.ts';
import { recordIdentityChange } from '../identity/record-identity-change.ts';
import { silentLogger } from '../logger.ts';
import { tables } from '../store/tables.ts';
import { type ApproverWorld, openApproverWorld } from '../testing/approver-world.ts';
import { createTestAuthenticator } from '../testing/test-authenticator.ts';
import { createApprovers } from './approvers.ts';
import { createSignInTally } from './sign-in-tally.ts';

const workspaceId = 'default';
const hourMs = 3_600_000;
let world: ApproverWorld;
beforeEach(async () => {
  world = await openApproverWorld();
});
afterEach(() => world.store.close());

async function entriesOf(event: string) {
  const { auditEntries } = tables;
  return world.store.read
    .select({ actor: auditEntries.actor, detail: auditEntries.detail })
    .from(auditEntries)
    .where(eq(auditEntries.event, event))
    .orderBy(auditEntries.seq);
}

const merge = (fromPersonId: string, toPersonId: string, actor = `person:${world.owner}`) =>
  world.store.transaction(async (transaction) => {
    await recordIdentityChange(transaction, {
      ...{ workspaceId, kind: 'merge', fromPersonId, toPersonId, actor },
      previousLinks: [],
      links: [],
      at: world.clock.now(),
    });
  });

const setRole = (id: string, role: 'member' | 'lead' | 'admin') =>
  world.store.transaction(async (transaction) => {
    await transaction.update(tables.people).set({ role }).where(eq(tables.people.id, id));
  });

describe('sign-in with a passkey', () => {
  test('opens a session of whose passkey it is, named by nobody before', async () => {
    const device = createTestAuthenticator();
    await world.enrol(world.owner, device);
    const { challengeId, options } = await world.approvers.beginSignIn();
    expect(options['allowCredentials']).toEqual([]);
    const response = device.assert(options);
    const { session, cookie } = await world.approvers.finishSignIn({ challengeId, response });
    expect(session.viewer).toEqual(world.admin);
    expect(await world.approvers.readSession(cookie)).not.toBeNull();
    expect(await entriesOf('page_session.opened')).toMatchObject([
      { actor: `person:${world.owner}`, detail: { method: 'passkey' } },
    ]);
    const again = world.approvers.finishSignIn({ challengeId, response });
    await expect(again).rejects.toMatchObject({ code: 'Authentication' });
  });

  test.each([
    ['that is enrolled nowhere', () => createTestAuthenticator()],
    ['of another page', () => createTestAuthenticator({ origin: 'https://evil.example' })],
    ['that asked for a touch only', () => createTestAuthenticator({ verifiesPerson: false })],
  ])('a passkey %s opens nothing, and the words say nothing of why', async (_, make) => {
    await world.enrol(world.owner, createTestAuthenticator());
    const { challengeId, options } = await world.approvers.beginSignIn();
    const refused = world.approvers.finishSignIn({ challengeId, response: make().assert(options) });
    await expect(refused).rejects.toMatchObject({
      code: 'Authentication',
      message: 'This passkey does not sign anybody in here.',
    });
    expect(await world.approvers.listSessions(world.admin)).toEqual([]);
  });

  test('one that was signed for a decision, or is revoked, or comes late, opens nothing', async () => {
    const device = createTestAuthenticator();
    await world.enrol(world.owner, device);
    const decision = {
      reviewerPersonId: world.owner,
      actionId: 'action-1',
      revision: 1,
      payloadHash: 'a'.repeat(64),
      verdict: 'approve' as const,
    };
    const other = await world.approvers.beginDecision(decision);
    const carried = { challengeId: other.challengeId, response: device.assert(other.options) };
    await expect(world.approvers.finishSignIn(carried)).rejects.toMatchObject({
      code: 'Authentication',
    });
    const late = await world.approvers.beginSignIn();
    const response = device.assert(late.options);
    world.clock.advance(5 * 60_000 + 1);
    await expect(
      world.approvers.finishSignIn({ challengeId: late.challengeId, response }),
    ).rejects.toMatchObject({ code: 'Authentication' });
    const [enrolled] = await world.approvers.listPasskeys();
    const authenticatorId = enrolled?.authenticatorId ?? '';
    const ending = await world.approvers.beginRevocation(world.owner, authenticatorId);
    await world.approvers.finishRevocation(world.owner, {
      authenticatorId,
      challengeId: ending.challengeId,
      response: device.assert(ending.options),
    });
    const { challengeId, options } = await world.approvers.beginSignIn();
    await expect(
      world.approvers.finishSignIn({ challengeId, response: device.assert(options) }),
    ).rejects.toMatchObject({ code: 'Authentication' });
  });

  test('questions that nobody answered do not pile up', async () => {
    for (let asked = 0; asked < 5; asked += 1) await world.approvers.beginSignIn();
    world.clock.advance(5 * 60_000 + 1);
    await world.approvers.beginSignIn();
    expect(await world.store.read.select().from(tables.challenges)).toHaveLength(1);
  });
});

describe('sign-in through a provider', () => {
  const vouched = (personId: string) =>
    world.approvers.openVouchedSession({ personId, issuer: 'https://id.example', subject: 'a@b' });

  test('opens a session of the person, and the ledger has no subject in it', async () => {
    await world.addPerson('ada');
    const { session } = await vouched('ada');
    expect(session.viewer).toEqual({ kind: 'person', personId: 'ada', role: 'member' });
    const [entry] = await entriesOf('page_session.opened');
    expect(entry).toMatchObject({ detail: { method: 'oidc', issuer: 'https://id.example' } });
    expect(JSON.stringify(entry)).not.toContain('a@b');
  });

  test('makes nobody', async () => {
    const before = await world.store.read.select().from(tables.people);
    await expect(vouched('mallory')).rejects.toMatchObject({ code: 'Authentication' });
    expect(await world.store.read.select().from(tables.people)).toEqual(before);
  });
});

describe('whose address it is', () => {
  async function account(
    externalId: string,
    personId: string,
    method: 'confirmed' | 'own_account' | 'explicit_mapping' | 'verified_email',
    about: { email?: string; emailVerified?: boolean; isBot?: boolean } = {},
  ) {
    const { email = 'Ada@Example.com', emailVerified = true, isBot = false } = about;
    await world.store.transaction(async (transaction) => {
      await transaction.insert(tables.accounts).values({
        ...{ id: externalId, workspaceId, externalId, email, emailVerified, isBot },
        source: 'forge',
        login: null,
        name: null,
        vendorId: null,
        timeZone: null,
        kind: 'human',
      });
      await transaction.insert(tables.personAccounts).values({
        ...{ workspaceId, personId, method },
        accountSource: 'forge',
        accountExternalId: externalId,
        confidence: 1,
        confirmedBy: null,
      });
    });
  }
  beforeEach(() => world.addPerson('ada'));

  test.each(['confirmed', 'own_account'] as const)(
    'known by an account that is %s',
    async (how) => {
      await account('1', 'ada', how);
      expect(await world.approvers.personOfAddress('ada@example.COM ')).toBe('ada');
      expect(await world.approvers.personOfAddress('')).toBeNull();
      expect(await world.approvers.personOfAddress('bo@example.com')).toBeNull();
    },
  );

  test('unknown where only a rule says so, nobody verified it, or it is a bot’s', async () => {
    await account('1', 'ada', 'explicit_mapping');
    await account('2', 'ada', 'verified_email');
    await account('3', 'ada', 'confirmed', { emailVerified: false });
    await account('4', 'ada', 'confirmed', { isBot: true });
    expect(await world.approvers.personOfAddress('ada@example.com')).toBeNull();
  });

  test('unknown where two people have it', async () => {
    await world.addPerson('bo');
    await account('1', 'ada', 'confirmed');
    await account('2', 'bo', 'confirmed');
    expect(await world.approvers.personOfAddress('ada@example.com')).toBeNull();
  });

  test('unknown where a file that anybody may change moved the account to somebody', async () => {
    await world.addPerson('mallory');
    await account('1', 'mallory', 'own_account');
    const links = await world.store.read.select().from(tables.personAccounts);
    await world.store.transaction(async (transaction) => {
      await recordIdentityChange(transaction, {
        ...{ workspaceId, kind: 'merge', fromPersonId: 'mallory', toPersonId: 'ada' },
        actor: 'rule:written_mapping',
        previousLinks: links,
        links: links.map((link) => ({ ...link, personId: 'ada' })),
        at: world.clock.now(),
      });
    });
    expect(await world.approvers.personOfAddress('ada@example.com')).toBeNull();
  });
});

describe('open sessions', () => {
  const member: Viewer = { kind: 'person', personId: 'ada', role: 'member' };
  const open = (personId: string) =>
    world.approvers.openVouchedSession({ personId, issuer: 'https://id.example', subject: 's' });

  test('are listed and ended by whose they are, and by an administrator', async () => {
    await world.addPerson('ada');
    const own = await open('ada');
    const { cookie, session } = await world.signIn();
    const ids = async (viewer: Viewer) =>
      (await world.approvers.listSessions(viewer)).map(({ id }) => id).toSorted();
    expect(await ids(member)).toEqual([own.session.id]);
    expect(await ids(world.admin)).toEqual([own.session.id, session.id].toSorted());
    await expect(world.approvers.endSessionOf(member, session.id)).rejects.toMatchObject({
      code: 'NotFound',
    });
    expect(await world.approvers.readSession(cookie)).not.toBeNull();
    await world.approvers.endSessionOf(world.admin, own.session.id);
    expect(await world.approvers.readSession(own.cookie)).toBeNull();
    expect(await entriesOf('page_session.ended')).toMatchObject([
      { actor: `person:${world.owner}`, detail: { personId: 'ada' } },
    ]);
  });

  test('are none of an assistant’s business', async () => {
    const agent: Viewer = { kind: 'agent', name: 'helper', sponsorPersonId: world.owner };
    await expect(world.approvers.listSessions(agent)).rejects.toMatchObject({ code: 'Permission' });
    await expect(world.approvers.endSessionOf(agent, 'x')).rejects.toMatchObject({
      code: 'Permission',
    });
  });

  test('end when the role changes, both ways', async () => {
    await world.addPerson('ada');
    const before = await open('ada');
    await setRole('ada', 'lead');
    expect(await world.approvers.readSession(before.cookie)).toBeNull();
    expect(await world.approvers.listSessions(member)).toEqual([]);
    const after = await open('ada');
    expect(after.session.viewer.role).toBe('lead');
    await setRole('ada', 'member');
    expect(await world.approvers.readSession(after.cookie)).toBeNull();
  });

  test('end when somebody says that the person is another, who does not become one by it', async () => {
    await world.addPerson('ada');
    await world.addPerson('bo');
    const { cookie } = await open('ada');
    await merge('ada', 'bo');
    expect(await world.approvers.readSession(cookie)).toBeNull();
    expect(await entriesOf('page_session.ended')).toMatchObject([{ detail: { reason: 'merged' } }]);
    // She still signs in as herself, with what she has, and never as whom she was joined to.
    expect((await open('ada')).session.viewer.personId).toBe('ada');
  });
});

test('attempts that failed are counted by the hour, and name nobody', async () => {
  const { store, clock } = world;
  const tally = createSignInTally({ store, clock, logger: silentLogger, redact: (text) => text });
  const approvers = createApprovers({ ...world.context, noteFailedSignIn: tally.note });
  const failing = async () => {
    await expect(approvers.openSession('A'.repeat(43))).rejects.toMatchObject({
      code: 'Authentication',
    });
  };
  await failing();
  await tally.flush();
  const told = () => entriesOf('sign_in.failed');
  expect(await told()).toMatchObject([
    { actor: 'nobody', detail: { method: 'link', reason: 'link_not_open', times: 1 } },
  ]);
  for (let tried = 0; tried < 20; tried += 1) await failing();
  await tally.flush();
  expect(await told()).toHaveLength(1);
  clock.advance(hourMs);
  await tally.flush();
  expect(await told()).toMatchObject([{ detail: { times: 1 } }, { detail: { times: 20 } }]);
});
