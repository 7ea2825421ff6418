// One of several processes that write to one file: counts to N in its own rows, and reports the
// longest stall of its event loop. Usage: writer.ts <store> <name> <transactions>
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../packages/core/src/store/open-store.ts';
import { tables } from '../../packages/core/src/store/tables.ts';

const [path = '', name = '', count = '0'] = process.argv.slice(2);
const store = await openStore(path);
// Start together, so that they contend from the first transaction on.
process.send?.('ready');
await new Promise<void>((resolve) => {
  process.once('message', () => resolve());
});
const delay = monitorEventLoopDelay({ resolution: 1 });
await sleep(20);
delay.reset();
delay.enable();
for (let turn = 0; turn < Number(count); turn += 1) {
  await store.transaction(async (transaction) => {
    await transaction.insert(tables.auditEntries).values({
      id: `${name}-${String(turn).padStart(5, '0')}`,
      workspaceId: name,
      at: turn,
      actor: name,
      event: 'chaos.counted',
      detail: {},
    });
  });
}
delay.disable();
await store.close();
process.send?.({ longestStallMs: delay.max / 1e6 });
process.disconnect?.();
