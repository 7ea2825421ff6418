import { AdjutantError } from '../errors.ts';
import type { Database } from './database.ts';
import { migrations, schemaDigest } from './migrations.ts';
import { digestOf, makeSchema, readSchema } from './read-schema.ts';

/**
 * Returns what is not as the migrations made it, in words: a table, index, view or trigger that is missing
 * or another one, and each trigger besides, which would change what Adjutant writes. What else somebody
 * keeps in the file changes nothing of that.
 */
export async function findForeignSchema(database: Database): Promise<string[]> {
  const present = await readSchema(database.session);
  if (digestOf(present) === schemaDigest) return [];
  // It takes a while, and is needed only where something differs.
  const own = await makeSchema(migrations.flatMap(({ statements }) => statements));
  const byName = new Map(present.map((object) => [object[1], object]));
  const changed = own.flatMap(([type, name, text]) => {
    const found = byName.get(name);
    if (found === undefined) return [`The ${type} ${name} is missing.`];
    const isSame = found[0] === type && plain(found[2]) === plain(text);
    return isSame ? [] : [`The ${type} ${name} is not as Adjutant made it.`];
  });
  const ownNames = new Set(own.map(([, name]) => name));
  const added = present.flatMap(([type, name]) =>
    type === 'trigger' && !ownNames.has(name) ? [`The trigger ${name} is not Adjutant's.`] : [],
  );
  return [...added, ...changed];
}

/** @throws AdjutantError `LedgerIntegrity` where somebody else has a say in what is written */
export async function requireOwnSchema(database: Database): Promise<void> {
  const [first, ...others] = await findForeignSchema(database);
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  throw new AdjutantError('LedgerIntegrity', `Nothing is written to the store. ${first}${more}`, {
    hint: 'Look at "adjutant audit verify", and put a backup in its place with "adjutant restore".',
  });
}

/** How a build of SQLite quotes and spaces what "alter table" left is no difference. */
function plain(text: string): string {
  return text.replace(/[\s`"]+/g, '');
}
