import { hash } from 'node:crypto';
import { createAdjutant } from '@adjutant/core';
import {
  createScriptedConnector,
  type ScriptedPayload,
  scriptedRecord,
} from '@adjutant/core/testing';

const batchSize = 500;

/** Syncs so many records into a new store, through what any connector of ours goes through. */
export async function scriptedIngest(
  path: string,
  count: number,
  at: (position: number) => ScriptedPayload,
  onBatch?: () => void,
): Promise<void> {
  const connector = createScriptedConnector(async function* () {
    for (let start = 0; start < count; start += batchSize) {
      const size = Math.min(batchSize, count - start);
      yield {
        records: Array.from({ length: size }, (_, offset) => scriptedRecord(at(start + offset))),
        tombstones: [],
        state: { done: start + size },
        complete: start + size === count,
        gaps: [],
      };
      onBatch?.();
    }
  });
  const adjutant = await createAdjutant({ store: path, connectors: [connector] });
  await adjutant.sync();
  await adjutant.close();
}

export function scriptedPayload(position: number): ScriptedPayload {
  return {
    number: position + 1,
    title: `Change number ${position + 1} of the things that were to be changed, ${'with a reason '.repeat(20)}`,
    author: `person-${position % 60}@example.com`,
    mergedAt: 1_780_000_000_000 + position * 60_000,
    sha: hash('sha1', String(position)),
  };
}
