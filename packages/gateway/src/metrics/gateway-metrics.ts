import { type Adjutant, type Clock, type Logger, silentLogger } from '@adjutant/core';
import { deliverySamples } from './delivery-samples.ts';
import { type Instruments, loadInstruments } from './instruments.ts';
import { keepFresh } from './keep-fresh.ts';
import { boundedLabel, otherValue } from './label-value.ts';
import { deliveryMetrics, operatingMetrics, processMetrics } from './metric-definitions.ts';
import { operatingSamples } from './operating-samples.ts';
import { type ProcessWatch, watchProcess } from './process-samples.ts';

/** How often the figures of the store are read at most, however often they are asked for. */
const figuresEveryMs = 15_000;
/** The same for figures of delivery, which cost as much as a page of them. */
const deliveryEveryMs = 5 * 60_000;
const mostRoutes = 200;
const mostSources = 50;
const mostOutcomes = 50;
/** What is kept to be counted while the part that counts is still loading. */
const mostWaiting = 10_000;
/** Counted in one go: between two answers, each alone would cost several times as much. */
const countedAtOnce = 200;
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export interface GatewayMetricsOptions {
  adjutant: Pick<Adjutant, 'workspace' | 'operatingFigures'>;
  /** The default workspace unless told. */
  workspaceId?: string;
  clock: Clock;
  logger?: Logger;
}

export interface ObservedRequest {
  /** The template, such as `/actions/:id`, and never the path itself. */
  route: string;
  method: string;
  status: number;
  seconds: number;
}

export interface ObservedWebhook {
  source: string;
  outcome: string;
}

/** What a gateway tells a monitor. */
export interface GatewayMetrics {
  /** What `text` is to be sent as. */
  readonly contentType: string;
  observeRequest(request: ObservedRequest): void;
  observeWebhook(webhook: ObservedWebhook): void;
  /** Returns everything in the text form of Prometheus. */
  text(): Promise<string>;
  /** Stops watching the process, and waits for what is still being read. */
  close(): Promise<void>;
}

/**
 * Returns what counts requests and webhooks and tells a monitor of them, and of what the SDK says
 * about the workspace. Figures are read when somebody asks, and kept for a while: a scrape costs no
 * more however often it comes. Nothing in it is about a person.
 */
export function createGatewayMetrics(options: GatewayMetricsOptions): GatewayMetrics {
  return createWatchedMetrics(options, watchProcess());
}

/** The same with another watch over the process, for tests. */
export function createWatchedMetrics(
  options: GatewayMetricsOptions,
  watch: ProcessWatch,
): GatewayMetrics {
  const { adjutant, workspaceId, clock, logger = silentLogger } = options;
  const counting = createCounting();
  const figures = keepFresh({
    everyMs: figuresEveryMs,
    clock,
    read: async () => operatingSamples(await adjutant.operatingFigures(workspaceId), clock.now()),
    failed: (error) => logger.log('error', 'figures for a monitor could not be read', error),
  });
  const delivery = keepFresh({
    everyMs: deliveryEveryMs,
    clock,
    read: () =>
      deliverySamples(adjutant.workspace(workspaceId).as({ kind: 'system' }), clock.now()),
    failed: (error) => logger.log('error', 'figures of delivery could not be read', error),
  });
  return {
    contentType: 'text/plain; version=0.0.4; charset=utf-8',
    observeRequest: (request) => counting.request(request),
    observeWebhook: (webhook) => counting.webhook(webhook),
    async text() {
      const instruments = await counting.instruments();
      const [stored, delivered] = await Promise.all([figures.now(), delivery.atHand()]);
      instruments.replace(operatingMetrics, [
        ...(stored.value ?? []),
        { name: 'adjutant_figures_failed', value: stored.hasFailed ? 1 : 0 },
      ]);
      instruments.replace(deliveryMetrics, delivered.value ?? []);
      instruments.replace(processMetrics, watch.samples());
      return instruments.text();
    },
    async close() {
      watch.stop();
      await Promise.all([figures.settled(), delivery.settled()]);
    },
  };
}

interface Counting {
  request(request: ObservedRequest): void;
  webhook(webhook: ObservedWebhook): void;
  instruments(): Promise<Instruments>;
}

/** What came before the part that counts was loaded is counted once it is; the rest, a little later. */
function createCounting(): Counting {
  const [route, source, outcome] = [mostRoutes, mostSources, mostOutcomes].map(boundedLabel);
  let loaded: Instruments | null = null;
  let loading: Promise<Instruments> | undefined;
  const waiting: ((to: Instruments) => void)[] = [];
  const countWaiting = (to: Instruments): Instruments => {
    for (const one of waiting.splice(0)) one(to);
    return to;
  };
  const load = (): Promise<Instruments> =>
    (loading ??= loadInstruments().then((made) => {
      loaded = made;
      return made;
    }));
  const count = (one: (to: Instruments) => void): void => {
    if (waiting.length < mostWaiting) waiting.push(one);
    if (loaded !== null && waiting.length >= countedAtOnce) countWaiting(loaded);
    // Whoever asks for the text hears of a failure.
    else if (loading === undefined) void load().catch(() => undefined);
  };
  return {
    instruments: async () => countWaiting(await load()),
    request({ route: template, method, status, seconds }) {
      const labels = {
        route: route?.(template) ?? otherValue,
        method: methods.has(method) ? method : otherValue,
        status: statusClass(status),
      };
      count((to) => {
        to.count('adjutant_http_requests_total', labels);
        if (Number.isFinite(seconds) && seconds >= 0) to.observeDuration(labels, seconds);
      });
    },
    webhook(webhook) {
      const labels = {
        source: source?.(webhook.source) ?? otherValue,
        outcome: outcome?.(webhook.outcome) ?? otherValue,
      };
      count((to) => to.count('adjutant_webhooks_received_total', labels));
    },
  };
}

function statusClass(status: number): string {
  return status >= 100 && status < 600 ? `${Math.floor(status / 100)}xx` : otherValue;
}
