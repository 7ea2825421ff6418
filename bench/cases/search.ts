import { statSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import Database from 'libsql';
import { seededRandom } from '@adjutant/core/domain';
import { createFts5Index } from '../../packages/core/src/search/fts5-index.ts';
import type { SearchIndex, SearchSubject } from '../../packages/core/src/search/search-index.ts';
import { openStore } from '../../packages/core/src/store/open-store.ts';
import type { Store } from '../../packages/core/src/store/store.ts';
import { absolute, type BenchLine, median, time } from '../measure.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const documentCount = 50_000;
const wordsOfDocument = 66;
const vocabularySize = 30_000;
const queryCount = 400;
const mostTimesInsert = 8;
const mostTimesText = 2;
const mostQueryMs = 10;
const mostStallMs = 50;
const rounds = 3;
const warmUpCount = 2_000;

const access = { personId: null, teamIds: [], seesEveryTeam: false };

/** Indexing beside a plain insert of the same documents, the size beside the text, and queries (P10). */
export async function benchSearch(): Promise<BenchLine[]> {
  const random = seededRandom(7);
  const vocabulary = words(random);
  const subjects = Array.from({ length: documentCount }, (_, at) =>
    subject(at, vocabulary, random),
  );
  const textBytes = subjects.reduce(
    (sum, { title, parts }) => sum + title.length + (parts[0]?.text.length ?? 0),
    0,
  );
  const ratios: number[] = [];
  let lines: BenchLine[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const floorMs = await time(() => insertPlainly(subjects));
    const asks = round === rounds - 1;
    const indexed = await withTemporaryFolder((folder) =>
      indexAndAsk(join(folder, 'search.db'), subjects, vocabulary, { random, asks }),
    );
    ratios.push(indexed.indexMs / floorMs);
    const ratio = median(ratios);
    lines = [
      {
        title: `indexing ${documentCount.toLocaleString('en')} documents of ${wordsOfDocument} words`,
        ours: `${indexed.indexMs.toFixed(0)} ms`,
        floor: `${floorMs.toFixed(0)} ms (plain insert in memory)`,
        ratio,
        must: `at most ${mostTimesInsert}`,
        ok: ratio <= mostTimesInsert,
      },
      ...indexed.lines(textBytes),
    ];
  }
  return lines;
}

function insertPlainly(subjects: readonly SearchSubject[]): void {
  const database = new Database(':memory:');
  database.exec('create table documents (id text primary key, title text, text text)');
  const insert = database.prepare('insert into documents values (?, ?, ?)');
  database.exec('begin');
  for (const { externalId, title, parts } of subjects)
    insert.run(externalId, title, parts[0]?.text ?? '');
  database.exec('commit');
  database.close();
}

async function indexAndAsk(
  path: string,
  subjects: readonly SearchSubject[],
  vocabulary: readonly string[],
  { random, asks }: { random: () => number; asks: boolean },
) {
  const store = await openStore(path);
  const index = createFts5Index(store);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  try {
    // Documents are indexed after a sync has written them: by then the process is warm, and writes go to
    // a thread of their own.
    await warmUp(store, index, subjects);
    const emptyBytes = databaseBytes(path);
    delay.enable();
    const indexMs = await time(() => index.put('default', subjects));
    delay.disable();
    const again = await index.put('default', subjects.slice(0, 5_000));
    const indexStallMs = delay.max / 1e6;
    delay.reset();
    const queryMs: number[] = [];
    let empty = 0;
    delay.enable();
    const queries = asks ? queryCount : 0;
    for (let query = 0; query < queries; query += 1) {
      const text = [0, 1].map(() => pick(vocabulary, random, skewOfQuestions)).join(' ');
      const startedAt = performance.now();
      const { hits } = await index.search('default', { text, access });
      queryMs.push(performance.now() - startedAt);
      if (hits.length === 0) empty += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    delay.disable();
    const queryStallMs = delay.max / 1e6;
    const sorted = queryMs.toSorted((left, right) => left - right);
    await store.transaction(async () => undefined);
    const bytes = databaseBytes(path) - emptyBytes;
    return {
      indexMs,
      lines: (textBytes: number): BenchLine[] => {
        const p50 = median(queryMs);
        const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
        // The texts stand once, beside the index.
        const times = (bytes + textBytes) / textBytes;
        return [
          absolute(
            'the same documents again',
            `${again.written} written`,
            'none',
            again.written === 0,
          ),
          absolute(
            'a query of two words, p50',
            `${p50.toFixed(2)} ms (p99 ${p99.toFixed(1)} ms, ${empty} empty)`,
            `below ${mostQueryMs} ms`,
            p50 < mostQueryMs,
          ),
          absolute(
            'texts and index beside the texts',
            `${times.toFixed(2)} times`,
            `at most ${mostTimesText}`,
            times <= mostTimesText,
          ),
          absolute(
            'longest stall while indexing',
            `${indexStallMs.toFixed(0)} ms`,
            `below ${mostStallMs} ms`,
            indexStallMs < mostStallMs,
          ),
          absolute(
            'longest stall while asking',
            `${queryStallMs.toFixed(0)} ms`,
            `below ${mostStallMs} ms`,
            queryStallMs < mostStallMs,
          ),
        ];
      },
    };
  } finally {
    await store.close();
  }
}

async function warmUp(
  store: Store,
  index: SearchIndex,
  subjects: readonly SearchSubject[],
): Promise<void> {
  const others = subjects.slice(0, warmUpCount);
  await index.put(
    'default',
    others.map((one) => ({ ...one, externalId: `other ${one.externalId}` })),
  );
  for (let wait = 0; !store.writesInThread && wait < 100; wait += 1) {
    await store.transaction(async () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  if (!store.writesInThread) throw new Error('The store writes in no thread.');
}

/** What is in the file, the log beside it included. */
function databaseBytes(path: string): number {
  const database = new Database(path);
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
  return statSync(path).size;
}

function words(random: () => number): string[] {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  return Array.from({ length: vocabularySize }, () =>
    Array.from(
      { length: 4 + Math.floor(random() * 7) },
      () => letters[Math.floor(random() * 26)],
    ).join(''),
  );
}

/** A hundred words make up half of a text, as in English; what is asked for is rarer. */
const skewOfTexts = 8;
const skewOfQuestions = 3;

function pick(vocabulary: readonly string[], random: () => number, skew: number): string {
  return vocabulary[Math.floor(vocabulary.length * random() ** skew)] ?? '';
}

function subject(at: number, vocabulary: readonly string[], random: () => number): SearchSubject {
  const text = Array.from({ length: wordsOfDocument }, () =>
    pick(vocabulary, random, skewOfTexts),
  ).join(' ');
  return {
    kind: 'document',
    source: 'git',
    externalId: `d${at}`,
    title: `Note ${at}`,
    path: '',
    place: 'r',
    visibility: 'workspace',
    ownerPersonId: null,
    teamId: null,
    updatedAt: at,
    parts: [{ heading: '', text, lines: { from: 1, to: 1 } }],
  };
}
