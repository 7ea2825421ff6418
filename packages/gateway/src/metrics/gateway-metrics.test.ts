import { type Adjutant, AdjutantError, createAdjutant } from '@adjutant/core';
import { createFakeClock, type FakeClock } from '@adjutant/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliveryWindow } from './delivery-samples.ts';
import { createGatewayMetrics, type GatewayMetrics } from './gateway-metrics.ts';
import { metricDefinitions } from './metric-definitions.ts';
import { openDeliveryWorld } from './testing/delivery-world.ts';
import { type Family, readExposition, readSeries, valueOf } from './testing/read-exposition.ts';

let clock: FakeClock;
let adjutant: Adjutant;
let metrics: GatewayMetrics;

beforeEach(async () => {
  clock = createFakeClock();
  adjutant = await createAdjutant({ store: ':memory:', clock });
  metrics = createGatewayMetrics({ adjutant, clock });
});
afterEach(async () => {
  await metrics.close();
  await adjutant.close();
});

const scrape = async (of: GatewayMetrics = metrics): Promise<Family[]> =>
  readExposition(await of.text());

describe('what a monitor is told', () => {
  it('is the text form of Prometheus, and every metric that is defined', async () => {
    expect(metrics.contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
    const families = await scrape();
    expect(
      families.map(({ name, type, help }) => ({ name, type: type.toLowerCase(), help })),
    ).toEqual(metricDefinitions.map(({ name, type, help }) => ({ name, type, help })));
  });

  it('counts requests by template, method and class of status, and how long they took', async () => {
    const route = '/actions/:id';
    metrics.observeRequest({ route, method: 'GET', status: 200, seconds: 0.2 });
    metrics.observeRequest({ route, method: 'GET', status: 204, seconds: 0.02 });
    metrics.observeRequest({ route, method: 'GET', status: 503, seconds: 3 });
    metrics.observeRequest({ route, method: 'BREW', status: 999, seconds: Number.NaN });
    const families = await scrape();
    const ok = { route, method: 'GET', status: '2xx' };
    expect(valueOf(families, 'adjutant_http_requests_total', ok)).toBe(2);
    expect(valueOf(families, 'adjutant_http_requests_total', { ...ok, status: '5xx' })).toBe(1);
    const odd = { route, method: 'other', status: 'other' };
    expect(valueOf(families, 'adjutant_http_requests_total', odd)).toBe(1);
    const series = readSeries(await metrics.text());
    const bucket = (le: string): number | undefined =>
      series.find(({ labels }) => labels['status'] === '2xx' && labels['le'] === le)?.value;
    expect([bucket('0.01'), bucket('0.025'), bucket('0.25'), bucket('+Inf')]).toEqual([0, 1, 2, 2]);
    const name = 'adjutant_http_request_duration_seconds_sum';
    expect(series).toContainEqual({ name, labels: ok, value: 0.22 });
    // What nobody measured is counted and has no duration.
    expect(series.filter((one) => one.name === name)).toHaveLength(2);
  });

  it('counts webhooks by source and outcome', async () => {
    for (const outcome of ['kept', 'kept', 'refused']) {
      metrics.observeWebhook({ source: 'github', outcome });
    }
    const families = await scrape();
    const labels = { source: 'github', outcome: 'kept' };
    expect(valueOf(families, 'adjutant_webhooks_received_total', labels)).toBe(2);
  });

  it('counts on from scrape to scrape', async () => {
    const webhook = { source: 'github', outcome: 'kept' };
    metrics.observeWebhook(webhook);
    await scrape();
    metrics.observeWebhook(webhook);
    expect(valueOf(await scrape(), 'adjutant_webhooks_received_total', webhook)).toBe(2);
  });

  it('loses nothing between two scrapes, however much comes', async () => {
    const webhook = { source: 'github', outcome: 'kept' };
    await scrape();
    for (let number = 0; number < 10_050; number += 1) metrics.observeWebhook(webhook);
    expect(valueOf(await scrape(), 'adjutant_webhooks_received_total', webhook)).toBe(10_050);
  });

  it('keeps what comes from outside within its quotes, one line and a hundred characters', async () => {
    const hostile = `a"} 1\nadjutant_open_signals{severity="high"} 99 \\ ${'x'.repeat(300)}`;
    metrics.observeWebhook({ source: hostile, outcome: 'kept' });
    const text = await metrics.text();
    expect(text).not.toMatch(/^adjutant_open_signals\{severity="high"\} 99/m);
    const families = readExposition(text);
    expect(readSeries(text).length).toBeGreaterThan(0);
    const labels = { severity: 'high' };
    expect(valueOf(families, 'adjutant_open_signals', labels)).toBe(0);
    const found = families.find(({ name }) => name === 'adjutant_webhooks_received_total');
    expect(found?.metrics[0]?.labels?.['source']).toHaveLength(100);
  });

  it('gives a label no more values than it has room for', async () => {
    for (let number = 0; number < 500; number += 1) {
      metrics.observeWebhook({ source: `source-${number}`, outcome: 'kept' });
      metrics.observeRequest({ route: `/${number}`, method: 'GET', status: 200, seconds: 0 });
    }
    const families = await scrape();
    const seriesOf = (name: string): number =>
      families.find((family) => family.name === name)?.metrics.length ?? 0;
    expect(seriesOf('adjutant_webhooks_received_total')).toBe(51);
    expect(seriesOf('adjutant_http_requests_total')).toBe(201);
    const rest = { source: 'other', outcome: 'kept' };
    expect(valueOf(families, 'adjutant_webhooks_received_total', rest)).toBe(450);
  });

  it('shares nothing with another gateway of the process', async () => {
    const other = createGatewayMetrics({ adjutant, clock });
    other.observeWebhook({ source: 'github', outcome: 'kept' });
    await other.text();
    const own = (await scrape()).find(({ name }) => name === 'adjutant_webhooks_received_total');
    expect(own?.metrics).toEqual([]);
    await other.close();
  });
});

describe('figures of the store', () => {
  it('are those of the SDK', async () => {
    const owner = adjutant.workspace().as(await adjutant.owner());
    await owner.actions.propose({
      type: 'note.draft',
      payload: { title: 'Monday', body: 'Ask about reviews.' },
      idempotencyKey: 'a note',
    });
    const figures = await adjutant.operatingFigures();
    const families = await scrape();
    expect(valueOf(families, 'adjutant_actions', { status: 'preparing' })).toBe(1);
    expect(valueOf(families, 'adjutant_actions', { status: 'pending' })).toBe(0);
    expect(valueOf(families, 'adjutant_jobs', { state: 'queued' })).toBe(figures.jobs.queued);
    expect(valueOf(families, 'adjutant_outbox_events', { state: 'undelivered' })).toBe(1);
    expect(valueOf(families, 'adjutant_ledger_entries')).toBe(figures.ledgerEntries);
    expect(valueOf(families, 'adjutant_store_size_bytes')).toBeGreaterThan(0);
    expect(valueOf(families, 'adjutant_figures_failed')).toBe(0);
  });

  it('are read once in fifteen seconds, however often and at once they are asked for', async () => {
    let asked = 0;
    const counted = createGatewayMetrics({
      clock,
      adjutant: {
        workspace: (id) => adjutant.workspace(id),
        operatingFigures(id) {
          asked += 1;
          return adjutant.operatingFigures(id);
        },
      },
    });
    await Promise.all([counted.text(), counted.text(), counted.text()]);
    clock.advance(14_999);
    await counted.text();
    expect(asked).toBe(1);
    clock.advance(1);
    await counted.text();
    expect(asked).toBe(2);
    await counted.close();
  });

  it('stay what they were where the store cannot be read, and it says so', async () => {
    const logged: unknown[] = [];
    let breaks = false;
    const breaking = createGatewayMetrics({
      clock,
      logger: { log: (...line) => void logged.push(line) },
      adjutant: {
        workspace: (id) => adjutant.workspace(id),
        async operatingFigures(id) {
          if (breaks) throw new AdjutantError('StoreBusy', 'canary');
          return adjutant.operatingFigures(id);
        },
      },
    });
    const before = valueOf(await scrape(breaking), 'adjutant_ledger_entries');
    breaks = true;
    clock.advance(60_000);
    const families = await scrape(breaking);
    expect(valueOf(families, 'adjutant_figures_failed')).toBe(1);
    expect(valueOf(families, 'adjutant_ledger_entries')).toBe(before);
    const at = (clock.now() - 60_000) / 1_000;
    expect(valueOf(families, 'adjutant_figures_collected_timestamp_seconds')).toBe(at);
    expect(logged).toHaveLength(1);
    expect(JSON.stringify(logged)).not.toContain('canary');
    await breaking.close();
  });

  it('that are unknown have no value, not a 0', async () => {
    const families = await scrape();
    for (const name of [
      'adjutant_approval_override_ratio',
      'adjutant_lead_time_for_changes_hours',
    ]) {
      expect(families.find((family) => family.name === name)?.metrics).toEqual([]);
    }
  });
});

describe('figures of delivery', () => {
  it('are those that the SDK gives each team for the same window', async () => {
    const world = await openDeliveryWorld();
    const families = await scrape(world.metrics);
    const { handle } = world;
    const window = deliveryWindow(world.clock.now());
    const teams = await handle.teams();
    expect(teams.map(({ key }) => key)).toEqual(expect.arrayContaining(['Payments', 'Search']));
    let told = 0;
    for (const { id, key: team } of teams) {
      const own = handle.forTeam(id);
      for (const [metricId, name] of [
        ['lead_time_for_changes', 'adjutant_lead_time_for_changes_hours'],
        ['pull_request_idle_time', 'adjutant_pull_request_idle_time_hours'],
        ['failed_deployment_recovery_time', 'adjutant_failed_deployment_recovery_hours'],
      ] as const) {
        const { p50, p90, sampleSize } = await own.metric({ metricId, window });
        expect(valueOf(families, name, { team, quantile: '0.5' })).toBe(p50);
        expect(valueOf(families, name, { team, quantile: '0.9' })).toBe(p90);
        const labels = { team, metric: metricId };
        expect(valueOf(families, 'adjutant_delivery_samples', labels)).toBe(sampleSize);
        if (p50 !== null) told += 1;
      }
      for (const [metricId, name] of [
        ['deployment_frequency', 'adjutant_deployments_per_day'],
        ['change_fail_rate', 'adjutant_change_fail_ratio'],
      ] as const) {
        const { value } = await own.metric({ metricId, window });
        expect(valueOf(families, name, { team })).toBe(value);
        if (value !== null) told += 1;
      }
    }
    expect(told).toBeGreaterThanOrEqual(5);
    expect(await world.metrics.text()).not.toContain('mira');
    await world.close();
  });

  it('tell of approvals what the metrics of approvals say', async () => {
    const world = await openDeliveryWorld();
    const families = await scrape(world.metrics);
    const window = deliveryWindow(world.clock.now());
    const latency = await world.handle.metric({ metricId: 'approval_latency_ms', window });
    expect(latency.p50).toBeGreaterThanOrEqual(90_000);
    const name = 'adjutant_approval_latency_ms';
    expect(valueOf(families, name, { quantile: '0.5' })).toBe(latency.p50);
    expect(valueOf(families, name, { quantile: '0.9' })).toBe(latency.p90);
    expect(valueOf(families, 'adjutant_approval_override_ratio')).toBe(0);
    expect(valueOf(families, 'adjutant_decided_actions', { decided: 'auto' })).toBe(1);
    expect(valueOf(families, 'adjutant_decided_actions', { decided: 'hitl' })).toBe(1);
    await world.close();
  });

  it('are computed again after five minutes, while a scrape has those from before', async () => {
    const world = await openDeliveryWorld();
    const name = 'adjutant_delivery_collected_timestamp_seconds';
    const first = valueOf(await scrape(world.metrics), name);
    world.clock.advance(299_999);
    expect(valueOf(await scrape(world.metrics), name)).toBe(first);
    world.clock.advance(1);
    await scrape(world.metrics);
    await world.metrics.close();
    expect(valueOf(await scrape(world.metrics), name)).toBe((first ?? 0) + 300);
    await world.close();
  });
});
