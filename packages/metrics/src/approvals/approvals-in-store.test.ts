import { createAdjutant } from '@adjutant/core';
import { createTestAction, createTestTarget } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { utc } from '../__fixtures__/compute.ts';
import { allMetrics } from '../index.ts';
import { percentileOf } from '../percentile.ts';

async function openWithActions() {
  const adjutant = await createAdjutant({
    store: ':memory:',
    actions: async () => [createTestAction({ target: createTestTarget(), risk: 'medium' })],
    metrics: allMetrics,
  });
  const stop = new AbortController();
  const working = adjutant.workActions({ signal: stop.signal });
  onTestFinished(async () => {
    stop.abort();
    await working;
    await adjutant.close();
  });
  const viewer = await adjutant.owner();
  const owner = adjutant.workspace().as(viewer);
  const sponsorPersonId = viewer.kind === 'person' ? viewer.personId : '';
  const agent = adjutant.workspace().as({ kind: 'agent', name: 'mcp', sponsorPersonId });
  const prepared = (id: string) =>
    owner.actions.await(id, { maxWaitMs: 10_000, until: 'prepared' });
  return {
    owner,
    agent,
    /** Proposes, lets the owner change it first if told, and decides. */
    decide: async (key: string, verdict: 'approve' | 'decline', isChanged = false) => {
      const payload = { text: key };
      const { id } = await agent.actions.propose({
        type: 'test.write',
        payload,
        idempotencyKey: key,
      });
      const pending = await prepared(id);
      if (isChanged) {
        const { revision } = pending;
        const change = { actionId: id, revision, payload: { text: 'other' }, reason: 'so' };
        await owner.actions.modify(change);
      }
      const { revision, payloadHash } = await prepared(id);
      const proof = { kind: 'terminal', operatingSystemUser: 'somebody' } as const;
      const decision = { actionId: id, revision, payloadHash: payloadHash ?? '', verdict, proof };
      await owner.actions.decide(decision);
    },
    leaveToPolicy: async (key: string) => {
      const payload = { title: key, body: 'Ask about reviews.' };
      const { id } = await owner.actions.propose({
        type: 'note.draft',
        payload,
        idempotencyKey: key,
      });
      await owner.actions.await(id, { maxWaitMs: 10_000, until: 'settled' });
    },
  };
}

test('the metrics say of the same actions what the statistics of actions say', async () => {
  const { owner, agent, decide, leaveToPolicy } = await openWithActions();
  await decide('one', 'approve');
  await decide('two', 'approve', true);
  await decide('three', 'decline');
  await leaveToPolicy('four');
  const window = { from: 0, to: utc('2200-01-01') };
  const statistics = await owner.actions.statistics(window);
  expect(statistics).toMatchObject({
    approvalOverrideRate: 2 / 3,
    autoVsHitlCounts: { auto: 1, hitl: 3 },
  });
  const latency = await agent.metric({ metricId: 'approval_latency_ms', window });
  const waits = Float64Array.from(statistics.approvalLatencyMs);
  expect(latency).toMatchObject({ unit: 'ms', sampleSize: 3, gaps: [] });
  expect(latency.value).toBe(percentileOf(waits.slice(), 0.5));
  expect(latency.p90).toBe(percentileOf(waits.slice(), 0.9));
  const rate = await agent.metric({ metricId: 'approval_override_rate', window });
  expect(rate.value).toBe(statistics.approvalOverrideRate);
  const counts = await agent.metric({ metricId: 'auto_vs_hitl_counts', window });
  expect(counts.value).toBe(4);
  expect(Object.fromEntries(counts.parts.map(({ id, value }) => [id, value]))).toEqual(
    statistics.autoVsHitlCounts,
  );
  const { items } = await agent.explainMetric({ metricId: 'approval_override_rate', window });
  expect(items.map(({ title, rawRecordId }) => [title, rawRecordId])).toEqual(
    Array.from({ length: 3 }, () => ['test.write', null]),
  );
}, 60_000);

test('they are listed, and unknown with a reason before anything was decided', async () => {
  const { owner } = await openWithActions();
  const ids = ['approval_latency_ms', 'approval_override_rate', 'auto_vs_hitl_counts'];
  expect(owner.listMetrics().map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  for (const metricId of ids) {
    const { value, sampleSize, caveats } = await owner.metric({ metricId });
    expect([value, sampleSize]).toEqual([null, 0]);
    expect(caveats[0]).toMatch(/^No action was decided in this window/);
  }
});
