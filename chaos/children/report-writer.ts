// Writes reports, one after another, until it is told to stop; then it says how many.
// Usage: report-writer.ts <store>
import { createAdjutant } from '@adjutant/core';

const [store = ''] = process.argv.slice(2);
const adjutant = await createAdjutant({ store });
const { reports } = adjutant.workspace().as(await adjutant.owner());
let isOver = false;
process.on('message', () => (isOver = true));
process.send?.('ready');
let written = 0;
while (!isOver) {
  await reports.submit({ did: `written ${written}` });
  written += 1;
  await new Promise((resolve) => setImmediate(resolve));
}
await adjutant.close();
process.send?.({ written });
process.disconnect?.();
