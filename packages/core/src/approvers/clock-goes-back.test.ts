import { getTableColumns, getTableName } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { createAccessTokens } from '../access-tokens/create-access-tokens.ts';
import { verifyAccessToken } from '../access-tokens/verify-access-token.ts';
import { verifyLedger } from '../audit/verify-ledger.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { acquireLease } from '../store/lease.ts';
import { tables } from '../store/tables.ts';
import { type ApproverWorld, openApproverWorld } from '../testing/approver-world.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';
import { createTestAuthenticator } from '../testing/test-authenticator.ts';

// Whatever time has ended, and somebody has met as ended, stays ended when the clock goes back.

const workspaceId = 'default';
const dayMs = 86_400_000;

/** Tries to use something; true where it is let in. */
type Use = () => Promise<boolean>;

const succeeds = (asked: Promise<unknown>): Promise<boolean> =>
  asked.then(
    () => true,
    () => false,
  );

async function passkeyOf(world: ApproverWorld) {
  const device = createTestAuthenticator();
  await world.enrol(world.owner, device);
  return device;
}

/** By the table that says until when: what is made of it, and how it is used. */
const kinds: Record<string, (world: ApproverWorld) => Promise<Use>> = {
  'page_sessions: a page session': async (world) => {
    const { cookie } = await world.signIn();
    return async () => (await world.approvers.readSession(cookie)) !== null;
  },
  'login_links: a login link': async ({ approvers, admin }) => {
    const { token } = await approvers.createLoginLink(admin);
    return () => succeeds(approvers.openSession(token));
  },
  'access_tokens: an access token': async (world) => {
    const { context, admin } = world;
    const onToken = (): void => undefined;
    const tokens = createAccessTokens({ ...context, onToken }, admin);
    const { token } = await tokens.create({ name: 'export', scopes: ['read'], expiresInDays: 7 });
    return async () => (await verifyAccessToken(context, token)) !== null;
  },
  'challenges: a sign-in with a passkey': async (world) => {
    const device = await passkeyOf(world);
    const { challengeId, options } = await world.approvers.beginSignIn();
    const response = device.assert(options);
    return () => succeeds(world.approvers.finishSignIn({ challengeId, response }));
  },
  'challenges: a decision with a passkey': async (world) => {
    const device = await passkeyOf(world);
    const proof = await world.passkeyProof(device);
    return () => succeeds(world.record(proof));
  },
  'challenges: an enrolment': async ({ approvers, owner }) => {
    const device = createTestAuthenticator();
    const { challengeId, options } = await approvers.beginEnrolment(owner);
    const response = device.register(options);
    return () => succeeds(approvers.finishEnrolment(owner, { challengeId, response, label: 'L' }));
  },
  'authenticator_requests: a passkey that waits for a signature': async (world) => {
    const device = await passkeyOf(world);
    const requestId = await world.enrolWaiting(world.owner, createTestAuthenticator());
    return () => succeeds(world.signRequest(world.owner, requestId, device));
  },
};

/** Of these it is held below. */
const elsewhere = ['actions', 'leases'];

test('everything that says until when it holds is tried', () => {
  const said = Object.values(tables).flatMap((table) =>
    'expiresAt' in getTableColumns(table) ? [getTableName(table)] : [],
  );
  const tried = Object.keys(kinds).map((name) => name.split(':')[0] ?? '');
  expect(new Set([...tried, ...elsewhere])).toEqual(new Set(said));
});

const open = async (): Promise<ApproverWorld> => {
  const world = await openApproverWorld();
  onTestFinished(() => world.store.close());
  return world;
};

for (const [name, make] of Object.entries(kinds)) {
  test(`${name} is let in in time`, async () => {
    const use = await make(await open());
    expect(await use()).toBe(true);
  });

  for (const [how, backMs] of [
    ['to when it was made', 30 * dayMs],
    ['a moment', 29.99 * dayMs],
    ['a year before that', 395 * dayMs],
  ] as const) {
    test(`${name} that came too late stays out when the clock goes back ${how}`, async () => {
      const world = await open();
      const use = await make(world);
      world.clock.leap(30 * dayMs);
      expect(await use()).toBe(false);
      world.clock.leap(-backMs);
      expect(await use()).toBe(false);
      const { findings } = await verifyLedger(world.store, workspaceId, {});
      expect(findings).toEqual([]);
    });
  }
}

test('what ended while something else came too late stays out too', async () => {
  const world = await open();
  const uses: (Use | undefined)[] = [];
  for (const name of ['page_sessions: a page session', 'access_tokens: an access token']) {
    uses.push(await kinds[name]?.(world));
  }
  world.clock.leap(30 * dayMs);
  await expect(world.approvers.openSession('x'.repeat(43))).rejects.toThrow();
  world.clock.leap(-30 * dayMs);
  for (const use of uses) expect(await use?.()).toBe(false);
});

test('an action whose time is over cannot be decided when the clock goes back', async () => {
  const clock = createFakeClock();
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    actions: [createTestAction({ id: 'test.effect', risk: 'high', target: createTestTarget() })],
    approvals: { hostSession: { verify: async () => ({}), recheck: async () => true } },
  });
  onTestFinished(() => adjutant.close());
  const { actions } = adjutant.workspace().as(await adjutant.owner());
  const { id } = await actions.propose({
    ...{ type: 'test.effect', payload: { text: 'a' }, idempotencyKey: 'a' },
  });
  const stop = new AbortController();
  const working = adjutant.workActions({ signal: stop.signal });
  await actions.await(id, { until: 'prepared', maxWaitMs: 20_000 });
  stop.abort();
  await working;
  const { revision, payloadHash, status } = await actions.get(id);
  expect(status).toBe('pending');
  const proof = { kind: 'host_session', subject: 'owner', method: 'test' } as const;
  const decide = () =>
    actions.decide({
      ...{ actionId: id, revision, payloadHash: payloadHash ?? '' },
      ...{ verdict: 'approve' as const, proof },
    });
  clock.leap(30 * dayMs);
  expect(await decide()).toMatchObject({ status: 'expired' });
  clock.leap(-30 * dayMs);
  expect(await decide()).toMatchObject({ status: 'expired' });
});

test('a lease that somebody else took is not had again when the clock goes back', async () => {
  const { store, clock } = await open();
  const wanted = { workspaceId, name: 'one', durationMs: 1_000, clock };
  const first = await acquireLease(store, wanted);
  clock.leap(5_000);
  expect(await acquireLease(store, { ...wanted, holder: 'another' })).not.toBeNull();
  clock.leap(-5_000);
  const isHad = await store.transaction(async (transaction) => first?.renew(transaction));
  expect(isHad).toBe(false);
});
