import { AdjutantError } from '../errors.ts';
import type { Database } from './database.ts';
import { migrations, schemaDigest } from './migrations.ts';
import { digestOf, makeSchema, readSchema, type SchemaObject } from './read-schema.ts';
import { sealedTables } from './sealed-tables.ts';

/** Something in a store's schema that the migrations did not make, or made otherwise. */
export interface ForeignObject {
  message: string;
  /** Whether it has a say in rows that something decided or executed rests on. */
  isDecisive: boolean;
}

const ledgerTables = [
  'audit_entries',
  'audit_heads',
  'audit_personal_data',
  'audit_seals',
  'row_seals',
];
/** A trigger cannot change a table without its name; SQL minds no case. */
const decisive = new RegExp(
  `\\b(?:${[...Object.keys(sealedTables), ...ledgerTables].join('|')})\\b`,
  'i',
);

/**
 * Returns what is not as the migrations made it: a table, index, view or trigger that is missing or another
 * one, and each trigger besides, which would change what Adjutant writes. What else somebody keeps in the
 * file changes nothing of that.
 */
export async function findForeignSchema(database: Database): Promise<ForeignObject[]> {
  const present = await readSchema(database.session);
  if (digestOf(present) === schemaDigest) return [];
  const own = await readOwnSchema();
  const byName = new Map(present.map((object) => [object[1], object]));
  const ownNames = new Set(own.map(([, name]) => name));
  const added = present
    .filter(([type, name]) => type === 'trigger' && !ownNames.has(name))
    .map(([, name, text]) => ({
      message: `The trigger ${name} is not Adjutant's.`,
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

let ownSchema: Promise<SchemaObject[]> | null = null;

/** To make it takes a while, and it is needed only where something differs. */
function readOwnSchema(): Promise<SchemaObject[]> {
  ownSchema ??= makeSchema(migrations.flatMap(({ statements }) => statements));
  return ownSchema;
}

/** How a build of SQLite quotes and spaces what "alter table" left is no difference. */
function plain(text: string): string {
  return text.replace(/[\s`"]+/g, '');
}
