// Ingests so many records into a new store and reports by how much memory grew meanwhile, in a process
// of its own: what earlier work has left would hide it. Usage: ingest-memory.ts <store> <records>
import { scriptedIngest, scriptedPayload } from '../scripted-ingest.ts';

const [path = '', count = '0'] = process.argv.slice(2);
// The first batches fill caches that every process of ours has.
const batchesBefore = 20;
let base = 0;
let peak = 0;
let highest = 0;
let batches = 0;
await scriptedIngest(path, Number(count), scriptedPayload, () => {
  batches += 1;
  const now = process.memoryUsage().rss;
  if (batches === batchesBefore) base = now;
  if (batches > batchesBefore) highest = Math.max(highest, now);
  peak = Math.max(peak, now);
});
process.send?.({ growthBytes: highest - base, peakBytes: peak });
process.disconnect?.();
