import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActionContext, ApprovedEffect } from '../actions/define-action.ts';
import { silentLogger } from '../logger.ts';
import { openStore } from '../store/open-store.ts';
import { runStatement } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { policyActionTypes } from './action-types.ts';
import { defaultPolicyDocument } from './default-policy.ts';
import { parsePolicy } from './parse-policy.ts';
import { policyHash } from './policy.ts';
import { createPolicyRegistry, settlePolicy } from './policy-in-force.ts';
import type { PolicyRequest } from './policy-engine.ts';
import { policyUpdateAction } from './policy-update-action.ts';

const actionTypes = policyActionTypes();
const clock = createFakeClock(Date.UTC(2026, 8, 14, 12));
const tight = 'actions: {pr.label: {mode: ask}}';
const loose =
  'actions: {pr.label: {mode: auto}, issue.create: {mode: {base: auto, ask_if: [channel_public]}}}';
let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-policy-'));
  store = await openStore(join(folder, 'store.db'));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const parse = (text: string) =>
  parsePolicy(text, { fileName: 'adjutant.policy.yaml', actionTypes });

async function settle(text: string | null, workspaceId = 'default') {
  const file = text === null ? null : await parse(text);
  return settlePolicy({ store, workspaceId, clock, actionTypes }, file);
}

async function ledger(workspaceId = 'default') {
  const { auditEntries } = tables;
  const rows = await store.read
    .select({ event: auditEntries.event, detail: auditEntries.detail })
    .from(auditEntries)
    .where(and(eq(auditEntries.workspaceId, workspaceId), eq(auditEntries.subject, 'policy')))
    .orderBy(auditEntries.id);
  return rows.map(({ event, detail: { reason } }) =>
    typeof reason === 'string' ? `${event} ${reason}` : event,
  );
}

const request: PolicyRequest = {
  type: 'pr.label',
  risk: 'low',
  requesterKind: 'person',
  targetRef: 'acme/api#1',
  source: 'github',
  payload: {},
  conditions: {},
  costUsd: 0,
  spentUsd: 0,
  containsSensitiveText: false,
};

describe('which policy is in force', () => {
  test('a fresh workspace without a file begins with the default, once', async () => {
    const first = await settle(null);
    expect(first.inForce.hash).toBe(policyHash(defaultPolicyDocument));
    expect([first.changed, (await settle(null)).changed]).toEqual([true, false]);
    expect(await ledger()).toEqual(['policy.in_force first']);
  });

  test('a fresh workspace takes a file that is not looser at once', async () => {
    const { inForce, waiting, compiled } = await settle(tight);
    expect(inForce).toMatchObject({ hash: policyHash((await parse(tight)).policy), by: 'system' });
    expect(waiting).toBeNull();
    expect(compiled.evaluate(request).mode).toBe('ask');
  });

  test('a fresh workspace with a looser file begins with the default, and the file waits', async () => {
    const { inForce, waiting, compiled } = await settle(loose);
    expect(inForce.hash).toBe(policyHash(defaultPolicyDocument));
    expect(waiting?.proposal).toMatchObject({ type: 'policy.update', payload: { policy: loose } });
    expect(waiting?.differences.map(({ path }) => path.join('.'))).toContain(
      'actions.issue.create.mode',
    );
    const issue = { ...request, type: 'issue.create', conditions: { channel_public: false } };
    expect(compiled.evaluate({ ...issue, risk: 'medium' }).mode).toBe('ask');
    expect(await ledger()).toEqual(['policy.in_force first', 'policy.waiting']);
  });

  test('a file that becomes tighter takes effect at once, one that becomes looser waits', async () => {
    await settle('actions: {pr.label: {mode: auto}}');
    expect((await settle(tight)).changed).toBe(true);
    const back = await settle('actions: {pr.label: {mode: auto}}');
    expect(back.changed).toBe(false);
    expect(back.waiting).not.toBeNull();
    expect(back.compiled.evaluate(request).mode).toBe('ask');
    expect(await ledger()).toEqual([
      'policy.in_force first',
      'policy.in_force not_looser',
      'policy.waiting',
    ]);
  });

  test('looking at a waiting file again writes nothing more, and asks under the same key', async () => {
    const first = await settle(loose);
    const second = await settle(loose);
    expect(second.waiting?.proposal).toEqual(first.waiting?.proposal);
    expect(await ledger()).toHaveLength(2);
  });

  test('a file that is gone leaves what was in force', async () => {
    const { inForce } = await settle(tight);
    expect((await settle(null)).inForce.hash).toBe(inForce.hash);
  });

  test('two workspaces have two policies', async () => {
    const [one, other] = [await settle(tight, 'one'), await settle(null, 'other')];
    expect(one.compiled.evaluate(request).mode).toBe('ask');
    expect(other.compiled.evaluate(request).mode).toBe('auto');
  });

  test('a row that says in force does not: the ledger does', async () => {
    const { inForce } = await settle(tight);
    await settle(loose);
    await store.transaction(async (transaction) => {
      await runStatement(
        transaction,
        sql`update policy_versions set status = 'in_force' where hash != ${inForce.hash}`,
      );
    });
    expect((await settle(null)).inForce.hash).toBe(inForce.hash);
  });

  test.each([
    ['edited', sql`update policy_versions set source = replace(source, '"ask"', '"auto"')`],
    ['removed', sql`delete from policy_versions`],
  ])('a kept policy that was %s is refused', async (_, change) => {
    await settle(tight);
    await store.transaction(async (transaction) => {
      await runStatement(transaction, change);
    });
    await expect(settle(null)).rejects.toThrow(
      expect.objectContaining({ code: 'LedgerIntegrity' }),
    );
  });
});

describe('policy.update', () => {
  const context: ActionContext = {
    workspaceId: 'default',
    clock,
    logger: silentLogger,
    fetch: () => Promise.reject(new Error('no network')),
    signal: new AbortController().signal,
  };
  const action = () =>
    policyUpdateAction({ store, actionTypes }) as unknown as {
      prepare(context: ActionContext, payload: unknown): Promise<ApprovedPreparation>;
      observe(context: ActionContext, payload: unknown): Promise<unknown>;
      execute(context: ActionContext, effect: unknown): Promise<unknown>;
      probe(context: ActionContext, effect: unknown): Promise<unknown>;
    };
  type ApprovedPreparation = Pick<ApprovedEffect<unknown>, 'preconditions' | 'target'> & {
    facts: readonly { label: string; value: string; tone: string }[];
    content: string;
  };

  async function approve(text: string) {
    const payload = { policy: text };
    const { preconditions, target } = await action().prepare(context, payload);
    return {
      actionId: 'act-1',
      payload,
      preconditions,
      target,
      effectKey: 'key',
      step: 0,
      previousResults: [],
    };
  }

  test('shows in words what is looser, and the text itself', async () => {
    await settle(tight);
    const { facts, content } = await action().prepare(context, { policy: loose });
    expect(facts[0]).toMatchObject({ tone: 'warning', value: expect.stringContaining('less') });
    expect(facts).toContainEqual({
      label: 'Looser',
      value: 'pr.label: somebody is asked (ask) becomes it runs without asking (auto).',
      tone: 'warning',
    });
    expect(content).toBe(loose);
  });

  test('brings a looser policy in force, under the action that was approved', async () => {
    await settle(loose);
    const effect = await approve(loose);
    expect(await action().probe(context, effect)).toMatchObject({ outcome: 'absent' });
    const { hash } = { hash: policyHash((await parse(loose)).policy) };
    expect(await action().execute(context, effect)).toEqual({
      outcome: 'applied',
      result: { hash },
    });
    expect(await action().probe(context, effect)).toMatchObject({ outcome: 'applied' });
    const state = await settle(loose);
    expect(state).toMatchObject({ waiting: null, inForce: { hash, actionId: 'act-1' } });
    expect((await ledger()).at(-1)).toBe('policy.in_force approved');
  });

  test('twice does no more than once', async () => {
    await settle(loose);
    const effect = await approve(loose);
    await action().execute(context, effect);
    const before = await ledger();
    expect(await action().execute(context, effect)).toMatchObject({ outcome: 'applied' });
    expect(await ledger()).toEqual(before);
  });

  test('is refused where another policy came in force since', async () => {
    await settle(null);
    const effect = await approve(loose);
    await settle(tight);
    expect(await action().execute(context, effect)).toMatchObject({ outcome: 'refused' });
    expect((await settle(null)).compiled.evaluate(request).mode).toBe('ask');
  });

  test('a broken policy is refused before anybody is asked', async () => {
    await expect(
      action().prepare(context, { policy: 'actions: {pr.merge: {risk: low}}' }),
    ).rejects.toMatchObject({ code: 'InvalidInput', message: expect.stringContaining(':1:28: ') });
  });
});

test('a registry asks approval of everything until it was read, then sees what others brought in force', async () => {
  const registry = createPolicyRegistry({ store, clock });
  expect(registry.policyFor('default').evaluate(request).mode).toBe('require_approval');
  await registry.refresh('default');
  expect(registry.policyFor('default').evaluate(request).mode).toBe('auto');
  await settle(tight);
  expect((await registry.refresh('default')).compiled.evaluate(request).mode).toBe('ask');
  expect(registry.policyFor('default').evaluate(request).mode).toBe('ask');
  expect(registry.policyFor('other').evaluate(request).mode).toBe('require_approval');
});
