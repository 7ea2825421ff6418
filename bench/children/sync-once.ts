// Syncs one clone into one store as `adjutant sync` does, and reports time, stalls and memory.
// Usage: sync-once.ts <clone> <store>
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { git } from '@adjutant/connectors/git';
import { setFlagsFromString } from 'node:v8';
import { createAdjutant } from '@adjutant/core';
import { allMetrics } from '@adjutant/metrics';

// As the command does (packages/cli/src/bin.ts).
setFlagsFromString('--optimize-for-size');

const [clone = '', store = ''] = process.argv.slice(2);
const adjutant = await createAdjutant({
  store,
  connectors: [git({ repositories: [clone] })],
  metrics: allMetrics,
});
let peak = 0;
const sampler = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const startedAt = performance.now();
const summary = await adjutant.sync();
const syncMs = performance.now() - startedAt;
delay.disable();
clearInterval(sampler);
await adjutant.close();
process.send?.({
  syncMs,
  records: summary.records,
  longestStallMs: delay.max / 1e6,
  peakMb: peak / 1e6,
  failed: summary.streams.filter((stream) => stream.outcome !== 'complete').length,
});
process.disconnect?.();
