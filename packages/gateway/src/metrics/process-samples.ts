import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { Sample } from './instruments.ts';

const nanosecondsPerSecond = 1e9;
/** How finely the delay is measured, and so the least that is seen. @unit milliseconds */
const resolutionMs = 20;

/** What the process itself says, from one scrape to the next. */
export interface ProcessWatch {
  samples(): Sample[];
  stop(): void;
}

/** Begins to watch the event loop, which costs one timer, and returns what tells of the process. */
export function watchProcess(): ProcessWatch {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  return {
    samples() {
      const samples = [...delaySamples(delay), ...memorySamples()];
      delay.reset();
      return [...samples, { name: 'adjutant_process_uptime_seconds', value: process.uptime() }];
    },
    stop: () => void delay.disable(),
  };
}

function delaySamples(delay: IntervalHistogram): Sample[] {
  // Before its first measurement it holds numbers that nobody measured.
  const known = delay.count > 0;
  const sample = (quantile: string, nanoseconds: number): Sample => ({
    name: 'adjutant_event_loop_delay_seconds',
    labels: { quantile },
    value: known ? nanoseconds / nanosecondsPerSecond : null,
  });
  return [
    sample('0.5', delay.percentile(50)),
    sample('0.99', delay.percentile(99)),
    sample('1', delay.max),
  ];
}

function memorySamples(): Sample[] {
  const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
  const kinds = { rss, heap_total: heapTotal, heap_used: heapUsed, external };
  return Object.entries(kinds).map(
    ([kind, value]): Sample => ({
      name: 'adjutant_process_memory_bytes',
      labels: { kind },
      value,
    }),
  );
}
