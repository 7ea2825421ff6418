// Syncs one clone into one store as `adjutant sync` does, and reports time and stalls.
// Usage: sync-once.ts <clone> <store>
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { git } from '@adjutant/connectors/git';
import { setFlagsFromString } from 'node:v8';
import { createAdjutant } from '@adjutant/core';
import { allMetrics } from '@adjutant/metrics';
import { startWitness } from '../witness.ts';

// As the command does (packages/cli/src/bin.ts).
setFlagsFromString('--optimize-for-size');

const [clone = '', store = ''] = process.argv.slice(2);
const adjutant = await createAdjutant({
  store,
  connectors: [git({ repositories: [clone] })],
  metrics: allMetrics,
});
const stopWitness = await startWitness();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const startedAt = performance.now();
const summary = await adjutant.sync();
const syncMs = performance.now() - startedAt;
delay.disable();
const witnessMs = await stopWitness();
await adjutant.close();
process.send?.({
  syncMs,
  records: summary.records,
  oursMs: delay.max / 1e6,
  witnessMs,
  failed: summary.streams.filter((stream) => stream.outcome !== 'complete').length,
});
process.disconnect?.();
