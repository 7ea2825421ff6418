import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import { allSettled } from '../store/all-settled.ts';
import type { SqlValue } from '../store/sql-client.ts';
import type { Store } from '../store/store.ts';
import { clearingTransaction } from '../store/clearing-transaction.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { entriesOf, placeOf, type SearchEntry } from './search-entries.ts';
import type { SearchKey, SearchSubject } from './search-index.ts';

/** How much goes into one transaction: a few milliseconds of work, and more where that work is done in a thread. */
const inOneGo = {
  here: { characters: 150_000, subjects: 250 },
  inThread: { characters: 2_400_000, subjects: 4_000 },
};
const firstShare = 1 / 8;
const keysInOneGo = 500;
const rowsBetweenYields = 500;
/** Finding the words of so much text takes a few milliseconds where each of them is new. */
const charactersBetweenYields = 20_000;

/**
 * Makes subjects be found as they are now, and returns how many parts were written. A write may merge
 * pieces of the index with words of anything, so it overwrites what it lets go of: whatever is deleted
 * later has then left no copy behind.
 */
export async function putSubjects(
  store: Store,
  workspaceId: string,
  subjects: readonly SearchSubject[],
): Promise<{ written: number }> {
  let written = 0;
  let writing: Promise<number> = Promise.resolve(0);
  try {
    for (const group of groupsOf(store, subjects)) {
      const entries = await prepareEntries(store, workspaceId, group);
      written += await writing;
      // A writer in a thread writes one group while the words of the next are found.
      writing = clearingTransaction(store, (transaction) =>
        replaceEntries(transaction, workspaceId, group, entries),
      );
      writing.catch(() => undefined);
    }
  } finally {
    written += await writing;
  }
  return { written };
}

/** Returns what is to be there of these subjects, with the words of what is not there yet. */
async function prepareEntries(
  store: Store,
  workspaceId: string,
  subjects: readonly SearchSubject[],
): Promise<Map<string, SearchEntry>> {
  await yieldToEventLoop();
  const rows = await storedEntries(store.read, workspaceId, subjects);
  const hashes = new Map(rows.map(({ place, contentHash }) => [place, contentHash]));
  const entries = new Map<string, SearchEntry>();
  let characters = 0;
  for (const subject of subjects) {
    for (const entry of entriesOf(workspaceId, subject)) {
      entries.set(entry.place, entry);
      if (hashes.get(entry.place) !== entry.contentHash) entry.words();
      characters += entry.length;
      if (characters < charactersBetweenYields) continue;
      await yieldToEventLoop();
      characters = 0;
    }
  }
  return entries;
}

/** Makes subjects be found no more, and returns how many parts went. */
export async function removeSubjects(
  store: Store,
  workspaceId: string,
  keys: readonly SearchKey[],
): Promise<{ removed: number }> {
  let removed = 0;
  for (let start = 0; start < keys.length; start += keysInOneGo) {
    const group = keys.slice(start, start + keysInOneGo);
    removed += await clearingTransaction(store, (transaction) =>
      runStatement(
        transaction,
        sql`delete from search_entries where id in (select e.id ${entriesUnder(workspaceId, group)})`,
      ),
    );
  }
  return { removed };
}

function* groupsOf(store: Store, subjects: readonly SearchSubject[]): Generator<SearchSubject[]> {
  let group: SearchSubject[] = [];
  let characters = 0;
  // The first ones are small: a thread has something to write while the words of the next are found.
  let share = firstShare;
  for (const subject of subjects) {
    group.push(subject);
    for (const { text } of subject.parts) characters += text.length;
    const most = store.writesInThread ? inOneGo.inThread : inOneGo.here;
    if (group.length < most.subjects * share && characters < most.characters * share) continue;
    yield group;
    group = [];
    characters = 0;
    share = Math.min(1, 2 * share);
  }
  if (group.length > 0) yield group;
}

function entriesUnder(workspaceId: string, keys: readonly SearchKey[]) {
  const listed = JSON.stringify(
    keys.map(({ kind, source, externalId }) => [kind, source, externalId]),
  );
  return sql`from json_each(${listed}) k cross join search_entries e
    on e.workspace_id = ${workspaceId} and e.kind = k.value->>0 and e.source = k.value->>1
      and e.external_id = k.value->>2`;
}

interface StoredEntry {
  id: number;
  place: string;
  contentHash: string;
}

async function storedEntries(
  database: Database,
  workspaceId: string,
  subjects: readonly SearchSubject[],
): Promise<StoredEntry[]> {
  const rows = await queryTuples<[number, string, string, string, number, string]>(
    database,
    sql`select e.id, e.kind, e.source, e.external_id, e.part, e.content_hash
      ${entriesUnder(workspaceId, subjects)}`,
  );
  return rows.map(([id, kind, source, externalId, part, contentHash]) => ({
    id,
    place: placeOf({ kind, source, externalId }, part),
    contentHash,
  }));
}

async function replaceEntries(
  transaction: Database,
  workspaceId: string,
  subjects: readonly SearchSubject[],
  entries: ReadonlyMap<string, SearchEntry>,
): Promise<number> {
  // What does not hang on an answer does not wait for it, here and below: each is a way to the thread and back.
  const [stored, [highest]] = await allSettled([
    storedEntries(transaction, workspaceId, subjects),
    queryTuples<[number]>(transaction, sql`select coalesce(max(id), 0) from search_entries`),
  ]);
  const left = new Map(entries);
  const outdated: number[] = [];
  for (const { id, place, contentHash } of stored) {
    if (left.get(place)?.contentHash === contentHash) left.delete(place);
    else outdated.push(id);
  }
  const deleted = sql`delete from search_entries where id in (select value from json_each(${JSON.stringify(outdated)}))`;
  await allSettled([
    ...(outdated.length > 0 ? [runStatement(transaction, deleted)] : []),
    insertEntries(transaction, [...left.values()], (highest?.[0] ?? 0) + 1),
  ]);
  return left.size;
}

const columns =
  'id, workspace_id, kind, source, external_id, part, title, heading, path, place, line_from, line_to, visibility, owner_person_id, team_id, updated_at, content_hash'.split(
    ', ',
  );
const intoEntries = `insert into search_entries (${columns.join(', ')})`;
const intoWords = 'insert into search_words (rowid, body, title, heading, path)';
const entryMarks = `(${columns.map(() => '?').join(', ')})`;
const entryFields = columns.map((_, at) => `value->>${at}`).join(', ');
const entriesInStatement = 50;
const manyEntries = Array<string>(entriesInStatement).fill(entryMarks).join(', ');

async function insertEntries(
  { session }: Database,
  entries: readonly SearchEntry[],
  firstId: number,
): Promise<void> {
  if (entries.length === 0) return;
  if (session.executeEach !== undefined) {
    const writes: Promise<number | undefined>[] = [];
    const write = (text: string, rows: readonly (readonly SqlValue[])[]): void => {
      const writing = Promise.resolve(session.executeEach?.(text, rows));
      // Told at the end, with the others.
      writing.catch(() => undefined);
      writes.push(writing);
    };
    // Several rows in a statement are a quarter less work for each; but a table of words is written out
    // before any such statement, so it comes after them, and takes its own rows one by one.
    for (const some of slicesOf(entries, firstId)) {
      const rows = rowsOf(some.entries, some.firstId);
      const whole = rows.length - (rows.length % entriesInStatement);
      const together = Array.from({ length: whole / entriesInStatement }, (_, at) =>
        rows.slice(at * entriesInStatement, (at + 1) * entriesInStatement).flat(),
      );
      write(`${intoEntries} values ${manyEntries}`, together);
      write(`${intoEntries} values ${entryMarks}`, rows.slice(whole));
      await yieldToEventLoop();
    }
    for (const some of slicesOf(entries, firstId)) {
      write(`${intoWords} values (?, ?, ?, ?, ?)`, wordsOf(some.entries, some.firstId));
      await yieldToEventLoop();
    }
    await allSettled(writes);
    return;
  }
  await session.execute(`${intoEntries} select ${entryFields} from json_each(?)`, [
    JSON.stringify(rowsOf(entries, firstId)),
  ]);
  await session.execute(
    `${intoWords} select value->>0, value->>1, value->>2, value->>3, value->>4 from json_each(?)`,
    [JSON.stringify(wordsOf(entries, firstId))],
  );
}

function* slicesOf(
  entries: readonly SearchEntry[],
  firstId: number,
): Generator<{ entries: readonly SearchEntry[]; firstId: number }> {
  for (let start = 0; start < entries.length; start += rowsBetweenYields) {
    yield { entries: entries.slice(start, start + rowsBetweenYields), firstId: firstId + start };
  }
}

function rowsOf(entries: readonly SearchEntry[], firstId: number): SqlValue[][] {
  return entries.map(({ row }, at) => [firstId + at, ...row]);
}

function wordsOf(entries: readonly SearchEntry[], firstId: number): SqlValue[][] {
  return entries.map(({ words }, at) => [firstId + at, ...words()]);
}
