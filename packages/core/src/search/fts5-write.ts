import { hash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import type { SqlValue } from '../store/sql-client.ts';
import type { Store } from '../store/store.ts';
import { clearingTransaction } from '../store/clearing-transaction.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import {
  headingSeparator,
  type SearchKey,
  type SearchPart,
  type SearchSubject,
} from './search-index.ts';
import { termsOf } from './words.ts';

/** How much goes into one transaction: a few milliseconds of work. */
const charactersInOneGo = 300_000;
const subjectsInOneGo = 500;

/** One part as it is written: its row, and the words of its columns. */
interface Entry {
  key: SearchKey;
  part: number;
  contentHash: string;
  row: SqlValue[];
  words: () => string[];
}

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
  for (const group of groupsOf(subjects)) {
    const entries = new Map<string, Entry>();
    for (const subject of group) {
      for (const entry of entriesOf(workspaceId, subject)) entries.set(placeOf(entry), entry);
    }
    await yieldToEventLoop();
    written += await clearingTransaction(store, (transaction) =>
      replaceEntries(transaction, workspaceId, group, entries),
    );
  }
  return { written };
}

/** Makes subjects be found no more, and returns how many parts went. */
export async function removeSubjects(
  store: Store,
  workspaceId: string,
  keys: readonly SearchKey[],
): Promise<{ removed: number }> {
  let removed = 0;
  for (let start = 0; start < keys.length; start += subjectsInOneGo) {
    const group = keys.slice(start, start + subjectsInOneGo);
    removed += await clearingTransaction(store, (transaction) =>
      runStatement(
        transaction,
        sql`delete from search_entries where id in (select e.id ${entriesUnder(workspaceId, group)})`,
      ),
    );
  }
  return { removed };
}

function* groupsOf(subjects: readonly SearchSubject[]): Generator<SearchSubject[]> {
  let group: SearchSubject[] = [];
  let characters = 0;
  for (const subject of subjects) {
    group.push(subject);
    for (const { text } of subject.parts) characters += text.length;
    if (group.length < subjectsInOneGo && characters < charactersInOneGo) continue;
    yield group;
    group = [];
    characters = 0;
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

async function replaceEntries(
  transaction: Database,
  workspaceId: string,
  subjects: readonly SearchSubject[],
  entries: ReadonlyMap<string, Entry>,
): Promise<number> {
  const stored = await queryTuples<[number, string, string, string, number, string]>(
    transaction,
    sql`select e.id, e.kind, e.source, e.external_id, e.part, e.content_hash
      ${entriesUnder(workspaceId, subjects)}`,
  );
  const left = new Map(entries);
  const outdated: number[] = [];
  for (const [id, kind, source, externalId, part, contentHash] of stored) {
    const place = keyText({ kind, source, externalId }, part);
    if (left.get(place)?.contentHash === contentHash) left.delete(place);
    else outdated.push(id);
  }
  if (outdated.length > 0) {
    await runStatement(
      transaction,
      sql`delete from search_entries where id in (select value from json_each(${JSON.stringify(outdated)}))`,
    );
  }
  if (left.size > 0) await insertEntries(transaction, [...left.values()]);
  return left.size;
}

const insertedColumns =
  'id, workspace_id, kind, source, external_id, part, title, heading, path, place, line_from, line_to, visibility, owner_person_id, team_id, updated_at, content_hash';
const entryMarks = Array.from({ length: 17 }, () => '?').join(', ');
const entryFields = Array.from({ length: 17 }, (_, at) => `value->>${at}`).join(', ');

async function insertEntries(transaction: Database, entries: readonly Entry[]): Promise<void> {
  const [row] = await queryTuples<[number]>(
    transaction,
    sql`select coalesce(max(id), 0) from search_entries`,
  );
  const firstId = (row?.[0] ?? 0) + 1;
  const rows = entries.map((entry, at) => [firstId + at, ...entry.row]);
  const words = entries.map((entry, at) => [firstId + at, ...entry.words()]);
  const { session } = transaction;
  const intoEntries = `insert into search_entries (${insertedColumns})`;
  const intoWords = 'insert into search_words (rowid, title, heading, path, body)';
  if (session.executeEach !== undefined) {
    await session.executeEach(`${intoEntries} values (${entryMarks})`, rows);
    await session.executeEach(`${intoWords} values (?, ?, ?, ?, ?)`, words);
    return;
  }
  await session.execute(`${intoEntries} select ${entryFields} from json_each(?)`, [
    JSON.stringify(rows),
  ]);
  await session.execute(
    `${intoWords} select value->>0, value->>1, value->>2, value->>3, value->>4 from json_each(?)`,
    [JSON.stringify(words)],
  );
}

const entrySize = 16;

function* entriesOf(workspaceId: string, subject: SearchSubject): Generator<Entry> {
  const { kind, source, externalId } = subject;
  for (const [part, { heading, text, lines }] of subject.parts.entries()) {
    const told: SqlValue[] = [
      subject.title,
      heading,
      subject.path,
      subject.place,
      lines?.from ?? null,
      lines?.to ?? null,
      subject.visibility,
      subject.ownerPersonId,
      subject.teamId,
      subject.updatedAt,
    ];
    const contentHash = hash('sha256', `${JSON.stringify(told)}\n${text}`, 'base64url');
    const shortHash = contentHash.slice(0, entrySize);
    yield {
      key: { kind, source, externalId },
      part,
      contentHash: shortHash,
      row: [workspaceId, kind, source, externalId, part, ...told.map(storable), shortHash],
      words: () => wordsOfEntry(subject, { heading, text, lines }),
    };
  }
}

function wordsOfEntry(subject: SearchSubject, { heading, text }: SearchPart): string[] {
  // What heads the part itself says more of it than what stands above.
  const headings = heading.split(headingSeparator);
  const above = [subject.title, ...headings.slice(0, -1)].join(' ');
  const fields = [above, headings.at(-1) ?? '', subject.path, text];
  return fields.map((field) => termsOf(field).join(' '));
}

/** As everywhere in the store: Postgres has no U+0000 in text. */
function storable(value: SqlValue): SqlValue {
  return typeof value === 'string' && value.includes('\0')
    ? value.replaceAll('\0', '\uFFFD')
    : value;
}

function placeOf({ key, part }: Entry): string {
  return keyText(key, part);
}

function keyText(key: { kind: string; source: string; externalId: string }, part: number): string {
  return JSON.stringify([key.kind, key.source, key.externalId, part]);
}
