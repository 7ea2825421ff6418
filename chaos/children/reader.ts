// Reads beside writers until told to stop; fails on any error. Usage: reader.ts <store>
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../packages/core/src/store/open-store.ts';
import { tables } from '../../packages/core/src/store/tables.ts';

const [path = ''] = process.argv.slice(2);
const store = await openStore(path);
const stop = new AbortController();
let reads = 0;
let last = 0;
process.send?.('ready');
await new Promise<void>((resolve) => {
  process.once('message', () => resolve());
});
process.on('message', () => {
  stop.abort();
});
const delay = monitorEventLoopDelay({ resolution: 1 });
await sleep(20);
delay.reset();
delay.enable();
while (!stop.signal.aborted) {
  const rows = await store.read.select({ id: tables.auditEntries.id }).from(tables.auditEntries);
  if (rows.length < last) throw new Error('a committed row went missing');
  last = rows.length;
  reads += 1;
  await sleep(2);
}
delay.disable();
await store.close();
process.send?.({ longestStallMs: delay.max / 1e6, reads, last });
process.disconnect?.();
