// Writes reports, one after another, until it is told to stop; then it says how many.
// Usage: report-writer.ts <store>
import { createAdjutant } from '@adjutant/core';

const [store = ''] = process.argv.slice(2);
const adjutant = await createAdjutant({ store });
const { reports } = adjutant.workspace().as(await adjutant.owner());
const over = new AbortController();
process.on('message', () => over.abort());
process.send?.('ready');
let written = 0;
while (!over.signal.aborted) {
  await reports.submit({ did: `written ${written}` });
  written += 1;
  await new Promise((resolve) => setImmediate(resolve));
}
await adjutant.close();
process.send?.({ written });
process.disconnect?.();
