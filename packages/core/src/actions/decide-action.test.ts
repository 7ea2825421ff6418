import { afterEach, describe, expect, it } from 'vitest';
import { tables } from '../store/tables.ts';
import { type ActionBench, openActionBench, type TestPolicy } from '../testing/action-bench.ts';
import {
  createTestAction,
  createTestTarget,
  type TestActionOptions,
} from '../testing/test-action.ts';
import type { ActionDetail } from './handle.ts';

let bench: ActionBench;

async function openPending(
  policy: TestPolicy,
  options: Partial<TestActionOptions> = {},
  engine = {},
): Promise<ActionDetail> {
  const definitions = [createTestAction({ target: createTestTarget(), ...options })];
  bench = await openActionBench({ definitions, policy, engine });
  const proposal = { type: 'test.write', payload: { text: 'hello' }, idempotencyKey: 'key-1' };
  const { id } = await bench.agent().propose(proposal);
  await bench.settle();
  return bench.agent().get(id);
}

afterEach(() => bench.close());

async function refusals(): Promise<string[]> {
  const rows = await bench.store.read.select().from(tables.auditEntries);
  return rows
    .filter((row) => row.event === 'action.decision_refused')
    .map((row) => String(row.detail['reason']));
}

const ask = () => ({ mode: 'ask' }) as const;
const approval = () => ({ mode: 'require_approval' }) as const;
const proof = { kind: 'page_session', sessionId: 'session' } as const;

describe('deciding', () => {
  it('is approved by one person, who stands in the ledger with the hash that was seen', async () => {
    const pending = await openPending(approval);
    const approved = await bench.decide('reviewer', pending);
    expect(approved).toMatchObject({ status: 'approved', decidedBy: 'person:reviewer' });
    const rows = await bench.store.read.select().from(tables.auditEntries);
    expect(rows.find((row) => row.event === 'action.decided')?.detail).toMatchObject({
      revision: 1,
      payloadHash: pending.payloadHash,
      verdict: 'approve',
      reviewerPersonId: 'reviewer',
      assurance: 'separate',
    });
  });

  it('is declined by one person, and a late approval changes nothing', async () => {
    const pending = await openPending(approval);
    expect(await bench.decide('one', pending, 'decline')).toMatchObject({ status: 'declined' });
    expect(await bench.decide('two', pending)).toMatchObject({ status: 'declined' });
    expect(await refusals()).toEqual(['no_longer_pending']);
  });

  it('takes a double click for one vote', async () => {
    const pending = await openPending(() => ({ mode: 'require_approval', quorum: 2 }));
    await bench.decide('one', pending);
    expect(await bench.decide('one', pending)).toMatchObject({ status: 'pending' });
    expect((await bench.agent().get(pending.id)).decisions).toHaveLength(1);
    await expect(bench.decide('one', pending, 'decline')).rejects.toMatchObject({
      code: 'Conflict',
    });
  });

  it.each(['agent', 'system'] as const)('is never done by an %s', async (kind) => {
    const pending = await openPending(ask);
    const actions = kind === 'agent' ? bench.agent() : bench.as({ kind: 'system' });
    const decision = actions.decide({
      actionId: pending.id,
      revision: 1,
      payloadHash: pending.payloadHash ?? '',
      verdict: 'approve',
      proof,
    });
    await expect(decision).rejects.toMatchObject({ code: 'Permission' });
    expect(await refusals()).toEqual(['not_a_person']);
    expect(await bench.agent().get(pending.id)).toMatchObject({ status: 'pending' });
  });

  it.each([
    ['another revision', { revision: 2 }, 'other_revision'],
    ['other words', { payloadHash: 'f'.repeat(64) }, 'other_payload'],
  ])('refuses a decision on %s', async (_what, change, reason) => {
    const pending = await openPending(ask);
    const decision = bench.person('reviewer').decide({
      actionId: pending.id,
      revision: 1,
      payloadHash: pending.payloadHash ?? '',
      verdict: 'approve',
      proof,
      ...change,
    });
    await expect(decision).rejects.toMatchObject({ code: 'Conflict' });
    expect(await refusals()).toEqual([reason]);
  });

  it('refuses whoever has no right, or no valid proof', async () => {
    const pending = await openPending(
      ask,
      {},
      {
        proofs: {
          verify: async ({ reviewerPersonId }: { reviewerPersonId: string }) => {
            if (reviewerPersonId === 'forger') throw new Error('bad signature');
            return { assurance: 'presence', surface: 'page', evidence: {} };
          },
          recheck: async () => true,
        },
      },
    );
    bench.withoutRights.add('stranger');
    await expect(bench.decide('stranger', pending)).rejects.toMatchObject({ code: 'Permission' });
    await expect(bench.decide('forger', pending)).rejects.toMatchObject({ code: 'Permission' });
    expect(await refusals()).toEqual(['no_right', 'proof_invalid']);
  });

  it('refuses what comes after the deadline, which is an expiry and nobody’s refusal', async () => {
    const pending = await openPending(ask);
    bench.clock.advance(24 * 3_600_000);
    expect(await bench.decide('reviewer', pending)).toMatchObject({ decisions: [] });
    await bench.settle();
    expect(await bench.agent().get(pending.id)).toMatchObject({
      status: 'expired',
      decidedBy: null,
      decisions: [],
    });
  });

  // mode, quorum, who, worth of the proof → what becomes of it
  it.each([
    ['ask', 1, 'sponsor', 'cooperative', 'approved'],
    ['ask', 1, 'reviewer', 'cooperative', 'approved'],
    ['require_approval', 1, 'sponsor', 'cooperative', 'assurance_too_low'],
    ['require_approval', 1, 'sponsor', 'presence', 'approved'],
    ['require_approval', 1, 'reviewer', 'cooperative', 'assurance_too_low'],
    ['require_approval', 1, 'reviewer', 'presence', 'approved'],
    ['require_approval', 2, 'sponsor', 'presence', 'sponsor_is_not_separate'],
    ['require_approval', 2, 'reviewer', 'presence', 'pending'],
    ['ask', 2, 'sponsor', 'presence', 'sponsor_is_not_separate'],
  ] as const)('%s of %i: %s with %s → %s', async (mode, quorum, who, assurance, expected) => {
    const pending = await openPending(() => ({ mode, quorum }));
    bench.assurances.set(who, assurance);
    const status = await bench.decide(who, pending).then(
      (action) => action.status as string,
      () => '',
    );
    expect(status === '' ? (await refusals())[0] : status).toBe(expected);
  });

  it('counts nobody as the second person whose account at the author’s place is unknown', async () => {
    const excludedAccounts = [{ source: 'example', externalId: '42' }];
    const pending = await openPending(() => ({ mode: 'require_approval', assurance: 'separate' }), {
      preparation: { excludedAccounts },
    });
    await expect(bench.decide('reviewer', pending)).rejects.toMatchObject({ code: 'Permission' });
    expect(await refusals()).toEqual(['account_unknown']);
    await bench.store.transaction(async (transaction) => {
      await transaction.insert(tables.personAccounts).values({
        workspaceId: 'default',
        accountSource: 'example',
        accountExternalId: '43',
        personId: 'reviewer',
        method: 'vendor_id',
        confidence: 1,
      });
    });
    expect(await bench.decide('reviewer', pending)).toMatchObject({ status: 'approved' });
  });

  it('needs as many different people as the quorum says, and two names of one are one', async () => {
    const pending = await openPending(() => ({ mode: 'require_approval', quorum: 2 }));
    await bench.addPerson('one');
    await bench.addPerson('one-by-another-name', 'one');
    await bench.decide('one', pending);
    expect(await bench.decide('one-by-another-name', pending)).toMatchObject({ status: 'pending' });
    expect(await bench.decide('two', pending)).toMatchObject({ status: 'approved' });
  });

  it('knows the sponsor under another name', async () => {
    const pending = await openPending(() => ({ mode: 'require_approval', quorum: 2 }));
    await bench.addPerson('alias', 'sponsor');
    await expect(bench.decide('alias', pending)).rejects.toMatchObject({ code: 'Permission' });
    expect(await refusals()).toEqual(['sponsor_is_not_separate']);
  });

  it('gives nobody the rights of somebody whom a rule takes for the same person', async () => {
    const pending = await openPending(ask);
    await bench.addPerson('owner');
    await bench.addPerson('stranger', 'owner');
    bench.withoutRights.add('stranger');
    await expect(bench.decide('stranger', pending)).rejects.toMatchObject({ code: 'Permission' });
    expect(await refusals()).toEqual(['no_right']);
  });

  it('does not count the author of what is acted on, under any of their accounts', async () => {
    const excludedAccounts = [{ source: 'example', externalId: '42' }];
    const pending = await openPending(ask, { preparation: { excludedAccounts } });
    await bench.store.transaction(async (transaction) => {
      await transaction.insert(tables.personAccounts).values({
        workspaceId: 'default',
        personId: 'author',
        accountSource: 'example',
        accountExternalId: '42',
        method: 'vendor_id',
        confidence: 1,
      });
    });
    await expect(bench.decide('author', pending)).rejects.toMatchObject({ code: 'Permission' });
    expect(await refusals()).toEqual(['excluded_account']);
    expect(await bench.decide('reviewer', pending)).toMatchObject({ status: 'approved' });
  });

  it('counts an answer through a client for an ordinary yes at most, even in the demo workspace', async () => {
    const pending = await openPending(approval, {}, { cooperativeWorkspaceId: 'default' });
    bench.assurances.set('sponsor', 'cooperative');
    const decision = {
      actionId: pending.id,
      revision: 1,
      payloadHash: pending.payloadHash ?? '',
      verdict: 'approve',
    } as const;
    const elicited = { kind: 'elicitation', client: 'a client' } as const;
    await expect(
      bench.person('sponsor').decide({ ...decision, proof: elicited }),
    ).rejects.toMatchObject({ code: 'Permission' });
    expect(await bench.person('sponsor').decide({ ...decision, proof })).toMatchObject({
      status: 'approved',
    });
  });

  it('takes as many refusals as the threshold says', async () => {
    const pending = await openPending(() => ({ mode: 'require_approval', declineThreshold: 2 }));
    expect(await bench.decide('one', pending, 'decline')).toMatchObject({ status: 'pending' });
    expect(await bench.decide('two', pending, 'decline')).toMatchObject({ status: 'declined' });
  });

  it('lets the first of two at the same moment win', async () => {
    const pending = await openPending(approval);
    const [one, two] = await Promise.all([
      bench.decide('one', pending),
      bench.decide('two', pending, 'decline'),
    ]);
    expect([one.status, two.status]).toEqual(['approved', 'approved']);
  });
});
