// Syncs into a store and kills itself at the nth time that a named point is reached; it is sent
// <store> <point|none> <nth> <hours>. Usage: syncer.ts git <clone>... | github <url> <token> | …
import { createAdjutantWithCrashPoints } from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { configuredSource } from '../configured-source.ts';
import { createHurriedClock } from '../hurried-clock.ts';

const configured = await configuredSource(process.argv.slice(2));
process.send?.('ready');
const [store = '', point = 'none', nth = '1', hours = ''] = await new Promise<string[]>(
  (resolve) => {
    process.once('message', (words) => resolve(words as string[]));
  },
);
let reached = 0;
const adjutant = await createAdjutantWithCrashPoints(
  {
    store,
    connectors: [configured],
    metrics: allMetrics,
    rollups: hours === '',
    ...(hours === '' ? {} : { clock: createHurriedClock(Number(hours) * 3_600_000) }),
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
