import { createHmac } from 'node:crypto';
import { events } from '@adjutant/connectors/events';
import { type AdjutantOptions, createAdjutant } from '@adjutant/core';
import {
  buildDeployment,
  buildPullRequest,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { expect, onTestFinished, test } from 'vitest';

const key = Buffer.alloc(32, 7);
const webhookSecret = `whsec_${key.toString('base64')}`;
const start = Date.UTC(2026, 8, 14, 12);
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const window = { from: Date.UTC(2026, 8, 7), to: start };
const repository = 'https://forge.example/acme/web';
const iso = (at: number): string => new Date(at).toISOString();

const deployment = {
  type: 'deployment',
  id: 'web-412',
  repository,
  service: 'web',
  result: 'success',
  sha: 'a'.repeat(40),
  finishedAt: iso(start - dayMs),
};
const incident = {
  type: 'incident',
  id: 'outage-7',
  title: 'The shop is down',
  createdAt: iso(start - dayMs + hourMs),
  causedBy: 'web-412',
};

/** Signed by hand, so that two ways of signing are tried. */
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
    connectors: [...connectors, events({ webhookSecret })],
    metrics: allMetrics,
    clock,
  });
  onTestFinished(() => adjutant.close());
  const handle = adjutant.workspace().as(await adjutant.owner());
  const metric = (metricId: string) => handle.metric({ metricId, window });
  return { adjutant, clock, handle, metric, inbox: adjutant.webhooks() };
}

test('what a pipeline and a pager send becomes figures, each traced to its rows', async () => {
  const { clock, handle, inbox, metric } = await open();
  for (let day = 1; day <= 7; day += 1) {
    const finishedAt = iso(start - day * dayMs);
    const event = { ...deployment, id: `web-${413 - day}`, finishedAt };
    const answer = await inbox.receive('events', signed(`deployment-${day}`, event));
    expect(answer).toMatchObject({ outcome: 'stored', hints: 1 });
  }
  await inbox.receive('events', signed('down', incident));
  await inbox.follow();

  const frequency = await metric('deployment_frequency');
  expect(frequency).toMatchObject({ value: 1, sampleSize: 7 });
  expect(frequency.parts).toMatchObject({ length: expect.any(Number) });
  expect((await handle.listWork({ kind: 'deployment' })).total).toBe(7);
  expect((await metric('time_to_restore')).value, 'not over yet').toBeNull();
  expect((await metric('change_fail_rate')).value).toBeCloseTo(1 / 7);

  clock.advance(minuteMs);
  const resolved = { ...incident, resolvedAt: iso(start - dayMs + 3 * hourMs) };
  await inbox.receive('events', signed('up', resolved, start + minuteMs));
  await inbox.follow();
  expect(await metric('time_to_restore')).toMatchObject({ value: 2, sampleSize: 1 });
  expect((await metric('failed_deployment_recovery_time')).value).toBe(3);
});

test('without a word of incidents, nothing is said of failures', async () => {
  const { inbox, metric } = await open();
  await inbox.receive('events', signed('e-1', deployment));
  await inbox.follow();
  expect((await metric('change_fail_rate')).value).toBeNull();
  expect((await metric('time_to_restore')).value).toBeNull();
  expect((await metric('deployment_frequency')).sampleSize).toBe(1);
});

/** A source that shows the repository, a change of it, and these deployments. */
function forge(
  shown: readonly Parameters<typeof buildDeployment>[0][],
  change: Parameters<typeof buildPullRequest>[0] = {},
) {
  const place = { source: 'forge', repositoryExternalId: '77' };
  return createRowsConnector({
    id: 'forge',
    showsReviews: true,
    scope: { externalId: '77', name: 'acme/web', detail: {} },
    records: () => ({
      all: {
        repositories: [
          {
            source: 'forge',
            externalId: '77',
            name: 'web',
            fullName: 'acme/web',
            url: repository,
            defaultBranch: 'main',
            mergeStyle: null,
          },
        ],
        pullRequests: [
          buildPullRequest({
            ...place,
            externalId: 'change',
            openedAt: start - dayMs - 10 * hourMs,
            firstCommitAt: start - dayMs - 12 * hourMs,
            mergedAt: start - dayMs - 3 * hourMs,
            mergeSha: deployment.sha,
            ...change,
          }),
        ],
      },
      delivery: {
        deployments: shown.map((fields, number) =>
          buildDeployment({ ...place, externalId: `d-${number}`, sha: null, ...fields }),
        ),
      },
    }),
  });
}

test('a deployment that was sent carries the changes that another source shows, beside its previews', async () => {
  const previewedAt = start - dayMs - 2 * hourMs;
  const preview = { environment: 'preview', finishedAt: previewedAt, sha: deployment.sha };
  const { adjutant, handle, inbox, metric } = await open([forge([preview])]);
  await inbox.receive('events', signed('e-1', deployment));
  await adjutant.sync();
  // Not when it was previewed: production of the repository is known, by whomever.
  expect(await metric('lead_time_for_changes')).toMatchObject({ value: 12, sampleSize: 1 });
  expect(await metric('deployment_frequency')).toMatchObject({ sampleSize: 1 });
  const { meta } = await handle.overview();
  expect(meta.gaps.map(({ code }) => code)).toContain('sent_deployments_counted');
});

test('once the other source shows production itself, its deployments count and the facts follow', async () => {
  const shown: Parameters<typeof buildDeployment>[0][] = [];
  const source = forge(shown);
  const { adjutant, inbox, metric } = await open([source]);
  await inbox.receive('events', signed('e-1', deployment));
  await adjutant.sync();
  expect(await metric('deployment_frequency')).toMatchObject({ sampleSize: 1 });
  shown.push({
    environment: 'Production',
    finishedAt: start - dayMs + hourMs,
    sha: deployment.sha,
  });
  await adjutant.sync({ mode: 'backfill' });
  expect(await metric('deployment_frequency')).toMatchObject({ sampleSize: 1 });
  expect(await metric('lead_time_for_changes'), 'an hour later').toMatchObject({ value: 13 });
});

test('once the other source has ended, changes of before are deployed by what was sent', async () => {
  const day = (number: number): number => start - number * dayMs;
  const change = { openedAt: day(51), firstCommitAt: day(51), mergedAt: day(50) };
  const { adjutant, handle, inbox } = await open([forge([{ finishedAt: day(60) }], change)]);
  const leadTime = async () => {
    const asked = { metricId: 'lead_time_for_changes', window: { from: day(70), to: start } };
    return (await handle.metric(asked)).value;
  };
  await inbox.receive('events', signed('e-1', { ...deployment, finishedAt: iso(day(49)) }));
  await adjutant.sync();
  expect(await leadTime(), 'eleven days are no end').toBeNull();
  // Another deployment, of another commit: what it changes lies before it.
  const later = { ...deployment, id: 'web-413', sha: 'b'.repeat(40), finishedAt: iso(day(1)) };
  await inbox.receive('events', signed('e-2', later));
  await inbox.follow();
  expect(await leadTime()).toBe(48);
});
