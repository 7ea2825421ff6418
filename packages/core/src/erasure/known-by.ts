import { randomBytes } from 'node:crypto';
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { tables } from '../store/tables.ts';
import {
  addressStandIn,
  type ErasureMark,
  markDigest,
  personStandIn,
  standInForm,
} from './eraser.ts';
import { comparable, isAddress, wordsOfName } from './erasure-words.ts';

const { accounts, erasureMarks, identityMappings, people, personAccounts } = tables;

/** A single word that is shorter may be part of anything. */
const shortestWord = 4;

export interface PersonAccountKey {
  source: string;
  externalId: string;
}

/** What a person is known by in the store. */
export interface KnownBy {
  accounts: PersonAccountKey[];
  /** Names, logins and addresses as they are written. */
  names: string[];
}

/** Returns what these people are known by. */
export async function readKnownBy(
  database: Database,
  workspaceId: string,
  personIds: readonly string[],
): Promise<KnownBy> {
  const named = await database
    .select({ name: people.displayName })
    .from(people)
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        inArray(people.id, [...personIds]),
        sql`(${people.erasedAt} is null or ${people.displayName} <> ${erasedName})`,
      ),
    );
  const linked = await database
    .select({ account: accounts })
    .from(personAccounts)
    .innerJoin(
      accounts,
      and(
        eq(accounts.workspaceId, personAccounts.workspaceId),
        eq(accounts.source, personAccounts.accountSource),
        eq(accounts.externalId, personAccounts.accountExternalId),
      ),
    )
    .where(
      and(
        eq(personAccounts.workspaceId, workspaceId),
        inArray(personAccounts.personId, [...personIds]),
      ),
    );
  const keys = linked.map(({ account: { source, externalId } }) => ({ source, externalId }));
  const names = new Set(named.map(({ name }) => name));
  for (const { account } of linked) {
    const { login, name, email, vendorId, externalId } = account;
    for (const one of [login, name, email]) if (one !== null) names.add(one);
    // What is nothing but a number of its vendor stays: it is what counts hang on.
    if (isAddress(externalId) || names.has(externalId)) names.add(externalId);
    if (vendorId !== null && isAddress(vendorId)) names.add(vendorId);
  }
  for (const name of await mappedNames(database, workspaceId, keys)) names.add(name);
  return { accounts: keys, names: [...names].filter(isOwnWord) };
}

/** What stands there since an earlier call is nobody's word. */
function isOwnWord(name: string): boolean {
  return name.trim() !== '' && !standInForm.test(name);
}

/** What an erased person is called. */
export const erasedName = 'Erased person';

async function mappedNames(
  database: Database,
  workspaceId: string,
  keys: readonly PersonAccountKey[],
): Promise<string[]> {
  if (keys.length === 0) return [];
  const ids = keys.map(({ externalId }) => externalId);
  const rows = await database
    .select()
    .from(identityMappings)
    .where(
      and(
        eq(identityMappings.workspaceId, workspaceId),
        or(
          inArray(identityMappings.toExternalId, ids),
          inArray(identityMappings.fromExternalId, ids),
        ),
      ),
    );
  return rows.flatMap(({ fromExternalId, toExternalId, displayName }) => [
    ...[fromExternalId, toExternalId].filter(isAddress),
    ...(displayName === null ? [] : [displayName]),
  ]);
}

/** Returns the marks by which the person is known again wherever it comes from. */
export async function makeMarks(
  database: Database,
  workspaceId: string,
  personId: string,
  known: KnownBy,
  at: number,
): Promise<ErasureMark[]> {
  const [present] = await database
    .select({ salt: erasureMarks.salt })
    .from(erasureMarks)
    .where(eq(erasureMarks.workspaceId, workspaceId))
    .limit(1);
  const salt = present?.salt ?? randomBytes(16).toString('hex');
  const ordinary = await ordinaryWords(database, workspaceId);
  const standIn = personStandIn(salt, personId);
  const marks = new Map<string, ErasureMark>();
  const add = (
    kind: ErasureMark['kind'],
    text: string,
    wordCount: number,
    instead: string,
  ): void => {
    const digest = markDigest(salt, kind, text);
    marks.set(`${kind} ${digest}`, {
      workspaceId,
      kind,
      digest,
      personId,
      standIn: instead,
      wordCount,
      salt,
      erasedAt: at,
    });
  };
  for (const { source, externalId } of known.accounts) {
    add('account', `${source}\n${externalId}`, 1, standIn);
  }
  for (const name of known.names) {
    const whole = comparable(name.trim());
    // Each address has its own: two accounts of somebody stay two.
    const instead = isAddress(whole) ? addressStandIn(markDigest(salt, 'value', whole)) : standIn;
    add('value', whole, 1, instead);
    if (isAddress(whole)) add('text', whole, 1, instead);
    const words = wordsOfName(name);
    const phrase = words.join(' ');
    const isTelling = words.length > 1 || (phrase.length >= shortestWord && !ordinary.has(phrase));
    if (!isAddress(whole) && words.length > 0 && isTelling)
      add('text', phrase, words.length, instead);
  }
  return [...marks.values()];
}

/** Words that name something else here too, such as a repository: to replace them would break that. */
async function ordinaryWords(database: Database, workspaceId: string): Promise<Set<string>> {
  const rows = await queryTuples<[string]>(
    database,
    sql`select name from repositories where workspace_id = ${workspaceId}
      union select full_name from repositories where workspace_id = ${workspaceId} and full_name is not null
      union select default_branch from repositories where workspace_id = ${workspaceId} and default_branch is not null
      union select key from teams where workspace_id = ${workspaceId}
      union select name from teams where workspace_id = ${workspaceId}
      union select key from services where workspace_id = ${workspaceId}
      union select name from chat_channels where workspace_id = ${workspaceId}
      union select environment from deployments where workspace_id = ${workspaceId}
      union select source from sources where workspace_id = ${workspaceId}
      union select name from scopes where workspace_id = ${workspaceId}`,
  );
  return new Set(rows.flatMap(([name]) => wordsOfName(name)));
}
