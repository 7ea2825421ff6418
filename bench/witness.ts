import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { BenchLine } from './measure.ts';

const threadSource = `
const { parentPort } = require('node:worker_threads');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
parentPort.once('message', () => {
  delay.disable();
  parentPort.postMessage(delay.max / 1e6);
});
parentPort.postMessage('ready');
`;

/**
 * A thread that does nothing but watch its own event loop. Whatever it stalls, the machine stalls:
 * a stall of ours no longer than the witness's says nothing of us.
 */
export async function startWitness(): Promise<() => Promise<number>> {
  const worker = new Worker(threadSource, { eval: true });
  await once(worker, 'message');
  return async () => {
    worker.postMessage('stop');
    const [longestMs] = (await once(worker, 'message')) as [number];
    await worker.terminate();
    return longestMs;
  };
}

export interface WitnessedStall {
  oursMs: number;
  witnessMs: number;
}

/** Returns the line for the run that the machine disturbed least. */
export function stallLine(title: string, runs: readonly WitnessedStall[]): BenchLine {
  const { oursMs, witnessMs } = runs.reduce((best, run) =>
    run.witnessMs < best.witnessMs ? run : best,
  );
  return {
    title: `${title}, the least disturbed of ${runs.length} runs`,
    ours: `${oursMs.toFixed(1)} ms`,
    floor: `${witnessMs.toFixed(1)} ms in a thread that does nothing`,
    ratio: Number.NaN,
    must: 'at most 50 ms',
    ok: oursMs <= 50,
  };
}
