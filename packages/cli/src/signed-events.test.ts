import { createHmac } from 'node:crypto';
import { events } from '@adjutant/connectors/events';
import { type AdjutantOptions, createAdjutant } from '@adjutant/core';
import { buildPullRequest, createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { expect, onTestFinished, test } from 'vitest';

const key = Buffer.alloc(32, 7);
const secret = `whsec_${key.toString('base64')}`;
const start = Date.UTC(2026, 8, 14, 12);
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const window = { from: start - 7 * dayMs, to: start };
const repository = 'https://forge.example/acme/web';
const iso = (at: number): string => new Date(at).toISOString();

const deployment = {
  type: 'deployment',
  id: 'web-412',
  repository,
  service: 'web',
  result: 'success',
  sha: 'a'.repeat(40),
  finishedAt: iso(start - hourMs),
};

function signed(id: string, event: unknown, at = start) {
  const body = JSON.stringify(event);
  const timestamp = String(at / 1_000);
  const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`);
  return {
    body: new TextEncoder().encode(body),
    headers: {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${hmac.digest('base64')}`,
    },
  };
}

async function open(connectors: NonNullable<AdjutantOptions['connectors']> = []) {
  const clock = createFakeClock(start);
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [...connectors, events({ secret })],
    metrics: allMetrics,
    clock,
  });
  onTestFinished(() => adjutant.close());
  const handle = adjutant.workspace().as(await adjutant.owner());
  const valueOf = async (metricId: string) => (await handle.metric({ metricId, window })).value;
  return { adjutant, clock, handle, valueOf, inbox: adjutant.webhooks() };
}

const incident = {
  type: 'incident',
  id: 'outage-7',
  title: 'The shop is down',
  createdAt: iso(start - 30 * minuteMs),
  causedBy: 'web-412',
};
const build = {
  type: 'build',
  id: 'run-9',
  name: 'tests',
  repository: `${repository}.git/`,
  result: 'failure',
  finishedAt: iso(start - 2 * hourMs),
};

test('figures of failure and recovery follow from what a pipeline and a pager send', async () => {
  const { adjutant, clock, inbox, valueOf } = await open();
  for (const [at, event] of [deployment, incident, build].entries()) {
    expect(await inbox.receive('events', signed(`e-${at}`, event))).toMatchObject({ status: 202 });
  }
  await adjutant.sync({ hinted: true });
  expect(await valueOf('change_fail_rate')).toBe(1);
  expect(await valueOf('failed_deployment_recovery_time'), 'not over yet').toBeNull();

  clock.advance(hourMs);
  const resolved = { ...incident, resolvedAt: iso(start + hourMs / 2) };
  await inbox.receive('events', signed('e-9', resolved, start + hourMs));
  await adjutant.sync({ hinted: true });
  expect(await valueOf('failed_deployment_recovery_time')).toBe(1.5);
});

test('without a word of incidents, nothing is said of failures', async () => {
  const { adjutant, handle, inbox, valueOf } = await open();
  const yesterday = { ...deployment, finishedAt: iso(start - dayMs) };
  await inbox.receive('events', signed('e-1', yesterday));
  await adjutant.sync({ hinted: true });
  expect(await valueOf('change_fail_rate')).toBeNull();
  const deployments = await handle.metric({ metricId: 'deployment_frequency', window });
  expect(deployments.sampleSize).toBe(1);
});

test('a deployment that was sent carries the pull requests that another source shows of its repository', async () => {
  const merged = buildPullRequest({
    source: 'forge',
    repositoryExternalId: '77',
    externalId: 'change',
    openedAt: start - 10 * hourMs,
    firstCommitAt: start - 12 * hourMs,
    mergedAt: start - 3 * hourMs,
    mergeSha: deployment.sha,
  });
  const shown = {
    source: 'forge',
    externalId: '77',
    name: 'web',
    fullName: 'acme/web',
    url: repository,
    defaultBranch: 'main',
    mergeStyle: null,
  };
  const forge = createRowsConnector({
    id: 'forge',
    showsReviews: true,
    scope: { externalId: '77', name: 'acme/web', detail: {} },
    records: () => ({ all: { repositories: [shown], pullRequests: [merged] } }),
  });
  const { adjutant, handle, inbox } = await open([forge]);
  await inbox.receive('events', signed('e-1', deployment));
  await adjutant.sync();
  const lead = await handle.metric({ metricId: 'lead_time_for_changes', window });
  expect(lead).toMatchObject({ value: 11, sampleSize: 1 });
});
