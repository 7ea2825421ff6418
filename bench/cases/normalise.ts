import { join } from 'node:path';
import Database from 'libsql';
import { git } from '@adjutant/connectors/git';
import { generateLargeRepository } from '@adjutant/connectors/testing';
import { createAdjutant, type Scope, type StreamDefinition } from '@adjutant/core';
import { collectRows } from '../../packages/core/src/sync/collect-rows.ts';
import { parseOnly } from '../floors/parse-only.ts';
import { largePayloads, largePayloadStream } from '../large-payload.ts';
import { atMost, type BenchLine, interleave, type Pair } from '../measure.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const largeCount = 2_000;
const commits = 5_000;
const rounds = 31;
// As many as a batch of a sync: what is parsed is let go before the next is read.
const batchSize = 100;

type AnyStream = StreamDefinition<unknown, never>;

/** P11: parsing, checking and mapping payloads against parsing them. */
export async function benchNormalise(): Promise<BenchLine[]> {
  const large = largePayloads(largeCount);
  const service = { externalId: 'acme/service', name: 'service', detail: {} };
  const largePair = await measure(large, largePayloadStream, service, {});
  const small = await withTemporaryFolder(syncedPayloads);
  const smallPair = await measure(small.texts, small.stream, small.scope, small.config);
  return [
    line(`P11 pull requests of ${meanKilobytes(large)} kB`, largePair, large.length),
    {
      ...line(`P11 git records of ${meanKilobytes(small.texts)} kB`, smallPair, small.texts.length),
      must: 'printed, not judged: small payloads',
      ok: true,
    },
  ];
}

function line(title: string, pair: Pair, count: number): BenchLine {
  return atMost(`${title}, parse + check + map`, pair, 1.15, 'µs', 1_000 / count);
}

async function measure(
  texts: readonly string[],
  stream: AnyStream,
  scope: Scope,
  config: unknown,
): Promise<Pair> {
  const batches = Array.from({ length: Math.ceil(texts.length / batchSize) }, (_, batch) =>
    texts.slice(batch * batchSize, (batch + 1) * batchSize),
  );
  const ours = (): void => {
    for (const batch of batches) {
      const records = batch.map((text, position) => ({
        externalId: String(position),
        payload: JSON.parse(text) as unknown,
      }));
      const { rows, unreadable } = collectRows(stream, records, scope, config);
      if (unreadable.length > 0 || rows.size === 0) throw new Error('payloads were not understood');
    }
  };
  const floor = (): void => {
    for (const batch of batches) parseOnly(batch);
  };
  await interleave(3, ours, floor);
  return interleave(rounds, ours, floor);
}

/** The payloads that a sync of a generated clone stored, with what is needed to map them again. */
async function syncedPayloads(folder: string) {
  const clone = join(folder, 'large.git');
  await generateLargeRepository({ commits, seed: 7, directory: clone });
  const path = join(folder, 'store.db');
  const connector = git({ repositories: [clone] });
  const adjutant = await createAdjutant({ store: path, connectors: [connector] });
  await adjutant.sync();
  await adjutant.close();
  const database = new Database(path);
  const stored = database
    .prepare("select payload from raw_records where source = 'git' and stream = 'history'")
    .all() as { payload: string }[];
  const [scope] = database.prepare('select external_id, name from scopes').all() as {
    external_id: string;
    name: string;
  }[];
  database.close();
  const stream = connector.definition.streams.find(({ id }) => id === 'history');
  if (stream === undefined || scope === undefined) throw new Error('the sync left no history');
  return {
    texts: stored.map(({ payload }) => payload),
    stream,
    scope: { externalId: scope.external_id, name: scope.name, detail: {} },
    config: connector.config,
  };
}

function meanKilobytes(texts: readonly string[]): string {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return (bytes / texts.length / 1_000).toFixed(1);
}
