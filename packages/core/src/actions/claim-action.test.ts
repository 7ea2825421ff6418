import { eq, sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import { runStatement } from '../store/raw-query.ts';
import { tables } from '../store/tables.ts';
import { type ActionBench, openActionBench, type TestPolicy } from '../testing/action-bench.ts';
import {
  createTestAction,
  createTestTarget,
  type TestActionOptions,
  type TestTarget,
} from '../testing/test-action.ts';
import { executeAction } from './execute-action.ts';
import type { ActionDetail } from './handle.ts';
import { hashPayload, sha256 } from './payload-hash.ts';

let bench: ActionBench;
let target: TestTarget;

const approval: TestPolicy = () => ({ mode: 'require_approval' });

/** Opens an engine in which one action was just approved by a reviewer, or by policy. */
async function openApproved(
  policy: TestPolicy = approval,
  options: Partial<TestActionOptions> = {},
): Promise<ActionDetail> {
  target = createTestTarget();
  bench = await openActionBench({
    definitions: [createTestAction({ target, ...options })],
    policy,
  });
  return approve('key-1');
}

async function approve(idempotencyKey: string): Promise<ActionDetail> {
  await bench.person('lead', 'lead').stop();
  const proposal = { type: 'test.write', payload: { text: 'hello' }, idempotencyKey };
  const { id } = await bench.agent().propose(proposal);
  await bench.settle();
  const action = await bench.agent().get(id);
  if (action.status === 'pending') await bench.decide('reviewer', action);
  await bench.person('lead', 'lead').resume();
  return bench.agent().get(id);
}

async function tamper(statement: ReturnType<typeof sql>): Promise<void> {
  await bench.store.transaction(async (transaction) => {
    for (const trigger of ['action_revisions_payload_fixed', 'action_decisions_fixed']) {
      await runStatement(transaction, sql`drop trigger if exists ${sql.identifier(trigger)}`);
    }
    await runStatement(transaction, statement);
  });
}

async function detailsOf(event: string): Promise<Record<string, unknown>[]> {
  const rows = await bench.store.read
    .select()
    .from(tables.auditEntries)
    .where(eq(tables.auditEntries.event, event));
  return rows.map((row) => row.detail);
}

async function previewHashOf(): Promise<string> {
  const [row] = await bench.store.read.select().from(tables.actionRevisions);
  return row?.previewHash ?? '';
}

afterEach(() => bench.close());

describe('the claim', () => {
  it('writes the attempt down before anything is sent', async () => {
    const action = await openApproved();
    let committed = 0;
    const definition = bench.deps.definitions.get('test.write');
    const execute = definition?.execute.bind(definition);
    if (definition === undefined || execute === undefined) throw new Error('no definition');
    const definitions = new Map([
      [
        'test.write',
        {
          ...definition,
          execute: async (...told: Parameters<typeof execute>) => {
            committed = (await bench.store.read.select().from(tables.actionAttempts)).length;
            return execute(...told);
          },
        },
      ],
    ]);
    await executeAction({ ...bench.deps, definitions }, action.id);
    expect(committed).toBe(1);
  });

  it('is had by one of two workers', async () => {
    const action = await openApproved();
    const states = await Promise.all([
      executeAction(bench.deps, action.id),
      executeAction(bench.deps, action.id),
    ]);
    expect(states).toContain('executed');
    expect(target.effects).toHaveLength(1);
    expect(await detailsOf('action.claimed')).toHaveLength(1);
  });

  it('stands still while the switch is on, for everything or for the type', async () => {
    const action = await openApproved();
    const lead = bench.person('lead', 'lead');
    await lead.stop('test.write', 'incident');
    await bench.settle();
    expect(await executeAction(bench.deps, action.id)).toBe('approved');
    expect(target.sent).toBe(0);
    await lead.resume('test.write');
    expect(await executeAction(bench.deps, action.id)).toBe('executed');
  });

  it('keeps the switch to leads and administrators', async () => {
    await openApproved();
    await expect(bench.agent().stop()).rejects.toMatchObject({ code: 'Permission' });
    await expect(bench.person('anybody').stop()).rejects.toMatchObject({ code: 'Permission' });
  });

  it('expires what was approved too long ago', async () => {
    const action = await openApproved();
    bench.clock.advance(3_600_000);
    expect(await executeAction(bench.deps, action.id)).toBe('expired');
    expect(target.sent).toBe(0);
  });

  it('fails where the target moved, and names what changed', async () => {
    const action = await openApproved();
    target.observed = { head: 'b2' };
    expect(await executeAction(bench.deps, action.id)).toBe('failed');
    expect(target.sent).toBe(0);
    expect(await detailsOf('action.failed')).toMatchObject([
      { reason: 'target_changed', changed: ['head'] },
    ]);
  });

  it('waits where the target cannot be read now, and fails where it is gone', async () => {
    const action = await openApproved();
    const definition = bench.deps.definitions.get('test.write');
    if (definition === undefined) throw new Error('no definition');
    const failing = (observe: typeof definition.observe) => ({
      ...bench.deps,
      definitions: new Map([['test.write', { ...definition, observe }]]),
    });
    const offline = failing(async () => {
      throw new TypeError('fetch failed');
    });
    expect(await executeAction(offline, action.id)).toBe('approved');
    bench.clock.advance(10_000);
    const gone = failing(async () => {
      throw new AdjutantError('NotFound', 'There is no such pull request.');
    });
    expect(await executeAction(gone, action.id)).toBe('failed');
    expect(target.sent).toBe(0);
  });

  it.each([
    ['payload', sql`update action_revisions set payload = '{"text":"something else"}'`],
    ['preconditions', sql`update action_revisions set preconditions = '{"head":"b2"}'`],
    ['target', sql`update actions set target_external_id = '8'`],
    [
      'payload and hash',
      sql`update action_revisions set payload = '{"text":"x"}', payload_hash = 'f'`,
    ],
  ])('refuses a %s that was edited after the approval', async (_what, statement) => {
    const action = await openApproved();
    await tamper(statement);
    expect(await executeAction(bench.deps, action.id)).toBe('failed');
    expect(target.sent).toBe(0);
    expect(await detailsOf('action.failed')).toMatchObject([{ reason: 'payload_changed' }]);
  });

  it('refuses a preview that was edited after the approval', async () => {
    const action = await openApproved();
    await tamper(sql`update action_revisions set preview = replace(preview, 'widgets', 'gadgets')`);
    expect(await executeAction(bench.deps, action.id)).toBe('failed');
    expect(await detailsOf('action.failed')).toMatchObject([{ reason: 'preview_changed' }]);
  });

  it.each([
    ['executed', async () => undefined],
    ['withdrawn', async (id: string) => void (await bench.agent().withdraw(id))],
  ])('carries an approval out no second time: one that was %s', async (_what, before) => {
    const action = await openApproved();
    await before(action.id);
    await bench.settle();
    const { sent } = target;
    await tamper(sql`update actions set status = 'approved', settled_at = null, not_before = null`);
    await tamper(sql`delete from action_attempts`);
    await bench.settle();
    expect(target.sent).toBe(sent);
    expect(await bench.agent().get(action.id)).toMatchObject({ status: 'needs_human' });
    expect((await detailsOf('action.needs_human')).at(-1)).toMatchObject({
      reason: 'ledger_disagrees',
    });
  });

  it('gives an approval no longer life than the ledger tells', async () => {
    const action = await openApproved();
    bench.clock.advance(3_600_001);
    await tamper(sql`update actions set execute_by = execute_by + 86400000`);
    await bench.settle();
    expect(target.sent).toBe(0);
    expect(await bench.agent().get(action.id)).toMatchObject({ status: 'needs_human' });
  });

  it('sends nothing again whose first attempt was taken out of the table', async () => {
    const action = await openApproved(approval, { effectClass: 'blind' });
    target.faults.push('not_applied');
    expect(await executeAction(bench.deps, action.id)).toBe('approved');
    await tamper(sql`delete from action_attempts`);
    bench.clock.advance(120_000);
    expect(await executeAction(bench.deps, action.id)).toBe('needs_human');
    expect(target.sent).toBe(1);
  });

  it('binds the approval to the risk that the preparation found', async () => {
    const action = await openApproved(approval);
    await tamper(sql`drop trigger if exists action_revisions_undeletable`);
    const shown = JSON.stringify({
      conditions: {},
      content: null,
      excludedAccounts: [],
      facts: [],
      nudges: [],
      raisedRisk: null,
      recipients: [],
      targetUrl: null,
    });
    await tamper(
      sql`update action_revisions set preview = ${shown}, preview_hash = ${sha256(shown)}`,
    );
    await tamper(sql`update actions set mode = 'ask', assurance = 'cooperative', risk = 'low'`);
    expect(await executeAction(bench.deps, action.id)).toBe('failed');
    expect(await detailsOf('action.failed')).toMatchObject([{ reason: 'payload_changed' }]);
    expect(target.sent).toBe(0);
  });

  it.each([
    ['requester', sql`update actions set requester = 'person:reviewer'`],
    ['kind of requester', sql`update actions set requester_kind = 'person'`],
    ['sponsor', sql`update actions set sponsor_person_id = 'somebody'`],
  ])('runs nothing whose %s is another than the ledger tells', async (_what, statement) => {
    const action = await openApproved();
    await tamper(statement);
    expect(await executeAction(bench.deps, action.id)).toBe('failed');
    expect(await detailsOf('action.failed')).toMatchObject([{ reason: 'not_in_ledger' }]);
  });

  it('asks again where approval was written into the row instead of given', async () => {
    const action = await openApproved(() => ({ mode: 'require_approval', quorum: 2 }));
    expect(action.status).toBe('pending');
    await tamper(
      sql`update actions set status = 'approved', mode = 'auto', quorum = 0, execute_by = null`,
    );
    await bench.settle();
    expect(await bench.agent().get(action.id)).toMatchObject({ status: 'pending', revision: 2 });
    expect(target.sent).toBe(0);
  });

  it('asks again where a decision was written into the table instead of given', async () => {
    const action = await openApproved(() => ({ mode: 'require_approval', quorum: 2 }));
    await tamper(sql`insert into action_decisions
      select 'made-up', workspace_id, action_id, revision, payload_hash, 'accomplice', verdict,
        reason, surface, assurance, proof, decided_at, voided_at from action_decisions`);
    await tamper(sql`update actions set status = 'approved'`);
    await bench.settle();
    expect(await bench.agent().get(action.id)).toMatchObject({ status: 'pending', revision: 2 });
    expect(await detailsOf('action.decision_refused')).toMatchObject([{ decisionId: 'made-up' }]);
    expect(target.sent).toBe(0);
  });

  it('runs nothing whose preparation the ledger does not tell of', async () => {
    const action = await openApproved(() => ({ mode: 'auto' }));
    const payload = { text: 'forged' };
    const payloadHash = hashPayload({
      workspaceId: 'default',
      type: 'test.write',
      definitionVersion: 1,
      target: { source: 'example', externalId: '7', ref: 'acme/widgets#7' },
      payload,
      preconditions: { head: 'a1' },
      previewHash: await previewHashOf(),
    });
    await tamper(sql`update action_revisions set payload = ${JSON.stringify(payload)},
      payload_hash = ${payloadHash}`);
    expect(await executeAction(bench.deps, action.id)).toBe('failed');
    expect(await detailsOf('action.failed')).toMatchObject([{ reason: 'not_in_ledger' }]);
    expect(target.sent).toBe(0);
  });

  it('does not hand a handler what it no longer takes', async () => {
    const action = await openApproved();
    const [definition] = bench.deps.definitions.values();
    if (definition === undefined) throw new Error('no definition');
    const inputSchema = z.strictObject({ text: z.string(), urgency: z.number() });
    const newer = new Map([['test.write', { ...definition, inputSchema: inputSchema as never }]]);
    expect(await executeAction({ ...bench.deps, definitions: newer }, action.id)).toBe('failed');
    expect(await detailsOf('action.failed')).toMatchObject([{ reason: 'payload_outdated' }]);
    expect(target.sent).toBe(0);
  });

  it('asks again where a proof no longer proves it, and says so in the ledger', async () => {
    const action = await openApproved();
    bench.brokenProofs.add('reviewer');
    expect(await executeAction(bench.deps, action.id)).toBe('pending');
    expect(target.sent).toBe(0);
    expect(await detailsOf('action.decision_refused')).toMatchObject([
      { reason: 'approval_no_longer_valid', reviewerPersonId: 'reviewer' },
    ]);
  });

  it('asks again where the approver lost the right', async () => {
    const action = await openApproved();
    bench.withoutRights.add('reviewer');
    expect(await executeAction(bench.deps, action.id)).toBe('pending');
    expect(await bench.agent().get(action.id)).toMatchObject({
      revision: 2,
      decisions: [{ revision: 1, voided: true }],
    });
  });

  it('is revoked where policy forbids it by now', async () => {
    const action = await openApproved();
    bench.policy = () => ({ mode: 'deny' });
    expect(await executeAction(bench.deps, action.id)).toBe('revoked');
    expect(target.sent).toBe(0);
  });

  it('asks again where policy is stricter by now, unless what was given suffices', async () => {
    const action = await openApproved(() => ({ mode: 'auto' }));
    bench.policy = approval;
    expect(await executeAction(bench.deps, action.id)).toBe('pending');
    const pending = await bench.agent().get(action.id);
    expect(pending).toMatchObject({ revision: 2, mode: 'require_approval' });
    await bench.decide('reviewer', pending);
    bench.policy = () => ({ mode: 'require_approval', assurance: 'separate' });
    expect(await executeAction(bench.deps, action.id)).toBe('executed');
  });

  it('does not become easier where policy is looser by now', async () => {
    const action = await openApproved();
    bench.policy = () => ({ mode: 'auto' });
    bench.withoutRights.add('reviewer');
    expect(await executeAction(bench.deps, action.id)).toBe('pending');
    expect(await bench.agent().get(action.id)).toMatchObject({ mode: 'require_approval' });
  });

  it('reserves what it costs, so that two cannot both have the last of the budget', async () => {
    const policy: TestPolicy = () => ({ monthlyCostLimitUsd: 1 });
    const one = await openApproved(policy, { costUsd: 0.6 });
    const two = await approve('key-2');
    const states = await Promise.all([
      executeAction(bench.deps, one.id),
      executeAction(bench.deps, two.id),
    ]);
    expect(states.toSorted()).toEqual(['executed', 'failed']);
    const reservations = await bench.store.read.select().from(tables.budgetReservations);
    expect(reservations).toMatchObject([{ status: 'spent', amountUsdMicros: 600_000 }]);
    bench.clock.advance(31 * 86_400_000);
    const next = await approve('key-3');
    expect(await executeAction(bench.deps, next.id)).toBe('executed');
  });

  it('gives the budget back where the target refuses', async () => {
    const policy: TestPolicy = () => ({ monthlyCostLimitUsd: 1 });
    const action = await openApproved(policy, { costUsd: 0.6 });
    target.faults.push('refused');
    expect(await executeAction(bench.deps, action.id)).toBe('failed');
    const other = await approve('key-2');
    expect(await executeAction(bench.deps, other.id)).toBe('executed');
  });

  it('leaves alone what another version of the handler would do', async () => {
    const action = await openApproved();
    const definitions = new Map([['test.write', createTestAction({ target, version: 2 })]]);
    expect(await executeAction({ ...bench.deps, definitions }, action.id)).toBe('failed');
    expect(target.sent).toBe(0);
  });
});
