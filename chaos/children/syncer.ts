// Syncs clones into a store and kills itself at the nth time that a named point is reached.
// Usage: syncer.ts <store> <point|none> <nth> <clone>...
import { createAdjutantWithCrashPoints } from '@adjutant/core/testing';
import { git } from '@adjutant/connectors/git';
import { allMetrics } from '@adjutant/metrics';

const [store = '', point = 'none', nth = '1', ...repositories] = process.argv.slice(2);
process.send?.('ready');
await new Promise<void>((resolve) => {
  process.once('message', () => resolve());
});
let reached = 0;
const adjutant = await createAdjutantWithCrashPoints(
  {
    store,
    connectors: [git({ repositories, deployments: { tags: 'v*', environment: 'production' } })],
    metrics: allMetrics,
  },
  (name) => {
    if (name !== point) return;
    reached += 1;
    if (reached === Number(nth)) process.kill(process.pid, 'SIGKILL');
  },
);
const summary = await adjutant.sync();
await adjutant.close();
process.send?.({
  rowsChanged: summary.rowsChanged,
  failed: summary.streams.filter((stream) => stream.outcome !== 'complete').length,
});
process.disconnect?.();
