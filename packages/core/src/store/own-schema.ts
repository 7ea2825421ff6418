import { sql } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import { outsideName } from '../outside-name.ts';
import type { Database } from './database.ts';
import { migrations, schemaDigest } from './migrations.ts';
import { queryTuples } from './raw-query.ts';
import { digestOf, makeSchema, readSchema, type SchemaObject } from './read-schema.ts';
import { ledgerTables, sealedTables } from './sealed-tables.ts';

/** Something in a store's schema that the migrations did not make, or made otherwise. */
export interface ForeignObject {
  message: string;
  /** Whether it has a say in rows that something decided or executed rests on. */
  isDecisive: boolean;
}

/** A trigger cannot change a table without its name; SQL minds no case. */
const decisive = new RegExp(
  `\\b(?:${[...Object.keys(sealedTables), ...ledgerTables].join('|')})\\b`,
  'i',
);

/**
 * Returns what is not as the migrations made it: a table, index, view or trigger that is missing or another
 * one, and what would change what Adjutant writes besides: a trigger, or an index that lets a row be left
 * out silently because it holds something twice. What else somebody keeps in the file, as tools for
 * replication do, changes nothing of that.
 */
export async function findForeignSchema(database: Database): Promise<ForeignObject[]> {
  const present = await readSchema(database.session);
  if (digestOf(present) === schemaDigest) return [];
  const own = await readOwnSchema();
  const byName = new Map(present.map((object) => [object[1], object]));
  const ownNames = new Set(own.map(([, name]) => name));
  const added = present
    .filter(([type, name, text]) => acts(type, text) && !ownNames.has(name))
    .map(([type, name, text]) => ({
      message: `The ${type} ${outsideName(name)} is not Adjutant's.`,
      isDecisive: decisive.test(text),
    }));
  const changed = own.flatMap(([type, name, text]) => {
    const found = byName.get(name);
    if (found === undefined) {
      return [{ message: `The ${type} ${name} is missing.`, isDecisive: false }];
    }
    if (found[0] === type && plain(found[2]) === plain(text)) return [];
    return [{ message: `The ${type} ${name} is not as Adjutant made it.`, isDecisive: true }];
  });
  return [...added, ...changed];
}

/** @throws AdjutantError `LedgerIntegrity` where somebody else has a say in what is written and sealed */
export async function requireOwnSchema(database: Database): Promise<void> {
  const foreign = await findForeignSchema(database);
  const [first, ...others] = foreign.filter(({ isDecisive }) => isDecisive);
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  throw new AdjutantError(
    'LedgerIntegrity',
    `Nothing is written to the store. ${first.message}${more}`,
    {
      hint: 'Look at "adjutant audit verify", and put a backup in its place with "adjutant restore".',
    },
  );
}

/**
 * Refuses a file that somebody else made and that is not what the migrations make: none of it is looked at
 * as a store's rows before.
 * @throws AdjutantError `Configuration`, `StoreCorrupt` where pages or indexes contradict each other
 */
export async function refuseForeignStore(database: Database): Promise<void> {
  const [foreign] = await findForeignSchema(database);
  const hint = 'Have whoever made it export it, and import that into a new store.';
  if (foreign !== undefined) {
    throw new AdjutantError(
      'Configuration',
      `The store came from elsewhere, so nothing of it is used. ${foreign.message}`,
      { hint },
    );
  }
  const pages = await queryTuples<[string]>(database, sql`pragma integrity_check(1)`);
  if (pages[0]?.[0] === 'ok') return;
  throw new AdjutantError('StoreCorrupt', 'The store came from elsewhere, and is damaged.', {
    hint,
  });
}

function acts(type: string, text: string): boolean {
  return type === 'trigger' || /^create\s+unique\b/i.test(text);
}

let ownSchema: Promise<SchemaObject[]> | null = null;

/** To make it takes a while, and it is needed only where something differs. */
function readOwnSchema(): Promise<SchemaObject[]> {
  ownSchema ??= makeSchema(migrations.flatMap(({ statements }) => statements));
  return ownSchema;
}

const word = /'(?:[^']|'')*'|\w+|[^\s`"]/g;

/** How a build of SQLite quotes and spaces what "alter table" left is no difference; where a word ends is one. */
function plain(text: string): string {
  return (text.match(word) ?? []).join(' ');
}
