import type { Counter, Gauge, Histogram, Registry } from 'prom-client';
import {
  deliveryMetrics,
  type MetricDefinition,
  operatingMetrics,
  processMetrics,
  requestMetrics,
} from './metric-definitions.ts';

type RequestName = keyof typeof requestMetrics;
/** The metrics that are read anew, not counted up. */
export type GaugeName =
  | keyof typeof operatingMetrics
  | keyof typeof deliveryMetrics
  | keyof typeof processMetrics;

/** One value of a gauge. */
export interface Sample {
  name: GaugeName;
  labels?: Readonly<Record<string, string>>;
  /** Null and what is no number leave the gauge without a value: unknown is never 0. */
  value: number | null;
}

/** What counts, over a registry that nobody else has. */
export interface Instruments {
  count(
    name: Exclude<RequestName, 'adjutant_http_request_duration_seconds'>,
    labels: Readonly<Record<string, string>>,
  ): void;
  observeDuration(labels: Readonly<Record<string, string>>, seconds: number): void;
  /** Sets gauges of a group, and takes away whatever value of the group is not among them. */
  replace(group: Readonly<Partial<Record<GaugeName, MetricDefinition>>>, samples: Sample[]): void;
  text(): Promise<string>;
}

/** Loads what counts and returns it; the first request or scrape does so. */
export async function loadInstruments(): Promise<Instruments> {
  // It is CommonJS: bundled, it has nothing but a default.
  const { default: client } = await import('prom-client');
  // Never the client's own: a host may use that for itself, and two gateways have two.
  const registry: Registry = new client.Registry();
  const made = <Made>(
    definition: MetricDefinition,
    make: (configuration: {
      name: string;
      help: string;
      labelNames: string[];
      registers: Registry[];
    }) => Made,
  ): Made => {
    const { name, help, labels } = definition;
    return make({ name, help, labelNames: [...labels], registers: [registry] });
  };
  const counter = (name: RequestName): Counter =>
    made(requestMetrics[name], (configuration) => new client.Counter(configuration));
  const counters = {
    adjutant_http_requests_total: counter('adjutant_http_requests_total'),
    adjutant_webhooks_received_total: counter('adjutant_webhooks_received_total'),
  };
  const durations: Histogram = made(
    requestMetrics.adjutant_http_request_duration_seconds,
    (configuration) => new client.Histogram(configuration),
  );
  const gauges = new Map<string, Gauge>(
    [operatingMetrics, deliveryMetrics, processMetrics].flatMap((group) =>
      Object.values<MetricDefinition>(group).map((definition): [string, Gauge] => [
        definition.name,
        made(definition, (configuration) => new client.Gauge(configuration)),
      ]),
    ),
  );
  return {
    count: (name, labels) => counters[name].inc(labels),
    observeDuration: (labels, seconds) => durations.observe(labels, seconds),
    replace(group, samples) {
      for (const { name, labels } of Object.values<MetricDefinition>(group)) {
        const gauge = gauges.get(name);
        gauge?.reset();
        // Without labels a reset leaves a 0, which nobody has measured.
        if (labels.length === 0) gauge?.remove();
      }
      for (const { name, labels = {}, value } of samples) {
        if (value === null || !Number.isFinite(value)) continue;
        gauges.get(name)?.set(labels, value);
      }
    },
    text: () => registry.metrics(),
  };
}
