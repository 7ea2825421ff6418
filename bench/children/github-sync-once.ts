// Syncs from a GitHub into one store as `adjutant sync` does, and reports time, stalls, processor
// time and all that was told of its progress. Usage: github-sync-once.ts <url> <token> <store>
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { createAdjutant } from '@adjutant/core';
import { github } from '@adjutant/connectors/github';
import { allMetrics } from '@adjutant/metrics';
import type { ToldProgress } from '../judge-progress.ts';
import { startWitness } from '../witness.ts';

// As the command does (packages/cli/src/bin.ts).
setFlagsFromString('--optimize-for-size');

const [baseUrl = '', token = '', store = ''] = process.argv.slice(2);
const adjutant = await createAdjutant({
  store,
  connectors: [github({ repositories: ['acme/large'], organization: 'acme', baseUrl, token })],
  metrics: allMetrics,
});
const told: ToldProgress[] = [];
const stopWitness = await startWitness();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const startedCpu = process.cpuUsage();
const startedAt = performance.now();
const summary = await adjutant.sync({
  onProgress: ({ scope, stream, phase, records, totalEstimate, remainingMs }) => {
    const atMs = performance.now() - startedAt;
    told.push({ atMs, stream: `${scope} ${stream}`, phase, records, totalEstimate, remainingMs });
  },
});
const syncMs = performance.now() - startedAt;
const { user, system } = process.cpuUsage(startedCpu);
delay.disable();
const witnessMs = await stopWitness();
await adjutant.close();
process.send?.({
  syncMs,
  cpuMs: (user + system) / 1_000,
  records: summary.records,
  rowsChanged: summary.rowsChanged,
  oursMs: delay.max / 1e6,
  witnessMs,
  peakMb: process.resourceUsage().maxRSS / 1_000,
  told,
  failed: summary.streams.filter((stream) => stream.outcome !== 'complete').length,
});
process.disconnect?.();
