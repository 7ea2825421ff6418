import { hash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { isAddress, comparable, replaceKnown } from './erasure-words.ts';

const { erasureMarks } = tables;

export type ErasureMark = typeof erasureMarks.$inferSelect;
type MarkKind = ErasureMark['kind'];

/** Digests remembered, so that the words of a batch are looked at once. */
const mostRemembered = 50_000;

/** What sources call the fields that name a person, in lower case and without separators. */
const namingFields = new Set([
  'login',
  'name',
  'displayname',
  'realname',
  'username',
  'nickname',
  'email',
  'emailaddress',
  'summary',
  'handle',
  'firstname',
  'lastname',
  'slug',
  'avatarurl',
  'htmlurl',
  'url',
  'accountname',
  'authorlogin',
  'authorname',
  'authoremail',
  'committername',
  'committeremail',
  'userlogin',
]);
/** An object that has one of these is one of a person; others may share a number by chance. */
const personFields = new Set([
  'login',
  'displayname',
  'realname',
  'username',
  'email',
  'emailaddress',
  'accountid',
]);

/** Replaces what erased people are known by. */
export interface Eraser {
  /** How many marks it was made of: with more, it has to be made anew. */
  readonly marks: number;
  text(text: string): string;
  /** A value that is nothing but somebody's id, name or address. */
  value(value: string): string;
  /** A record of a source, with all that is in it. */
  payload(source: string, payload: unknown): unknown;
}

/** What changes nothing: nobody was erased. */
export const noEraser: Eraser = {
  marks: 0,
  text: (text) => text,
  value: (value) => value,
  payload: (_, payload) => payload,
};

/** Returns the digest under which something that somebody is known by is remembered. */
export function markDigest(salt: string, kind: MarkKind, known: string): string {
  return hash('sha256', `${salt}\n${kind}\n${known}`, 'hex');
}

/** Returns what stands in place of a person's names. */
export function personStandIn(salt: string, personId: string): string {
  return `erased-${markDigest(salt, 'value', personId).slice(0, 10)}`;
}

/** Returns what stands in place of an address, by the digest under which the whole of it is remembered. */
export function addressStandIn(digest: string): string {
  return `erased-${digest.slice(0, 10)}@erased.invalid`;
}

/** Returns the eraser of a workspace, as it is now. */
export async function loadEraser(database: Database, workspaceId: string): Promise<Eraser> {
  const marks = await database
    .select()
    .from(erasureMarks)
    .where(eq(erasureMarks.workspaceId, workspaceId));
  return createEraser(marks);
}

export function createEraser(marks: readonly ErasureMark[]): Eraser {
  const [first] = marks;
  if (first === undefined) return noEraser;
  const { salt } = first;
  const byDigest = new Map(marks.map((mark) => [`${mark.kind} ${mark.digest}`, mark.standIn]));
  const mostWords = Math.max(...marks.map(({ wordCount }) => wordCount));
  const remembered = new Map<string, string | null>();
  const standInOf = (kind: MarkKind, known: string): string | null => {
    const key = `${kind} ${known}`;
    const before = remembered.get(key);
    if (before !== undefined) return before;
    if (remembered.size >= mostRemembered) remembered.clear();
    const standIn = byDigest.get(`${kind} ${markDigest(salt, kind, known)}`) ?? null;
    remembered.set(key, standIn);
    return standIn;
  };
  const text = (original: string): string =>
    replaceKnown(original, mostWords, (known) => standInOf('text', known));
  const value = (original: string): string =>
    standInOf('value', comparable(original.trim())) ?? text(original);
  const walk = (source: string, part: unknown): unknown => {
    if (typeof part === 'string') return text(part);
    if (Array.isArray(part)) return part.map((one) => walk(source, one));
    if (typeof part !== 'object' || part === null) return part;
    const entries = Object.entries(part);
    const standIn = standInOfPerson(entries, (id) => standInOf('account', `${source}\n${id}`));
    return Object.fromEntries(
      entries.map(([name, inner]) => {
        if (typeof inner !== 'string') return [text(name), walk(source, inner)];
        if (!namingFields.has(fieldName(name))) return [text(name), text(inner)];
        if (standIn === null) return [text(name), value(inner)];
        return [name, standInFor(inner, value(inner), standIn)];
      }),
    );
  };
  return { marks: marks.length, text, value, payload: walk };
}

/** What stands in place of something already. */
export const standInForm =
  /^(?:https:\/\/erased\.invalid\/)?erased-[0-9a-f]{10}(?:@erased\.invalid)?$/;

/** An address becomes one, or what reads the record would refuse it. */
function standInFor(original: string, erased: string, standIn: string): string {
  if (original === '' || erased !== original || standInForm.test(original)) return erased;
  if (isAddress(original)) return `${standIn}@erased.invalid`;
  return /^https?:/.test(original) ? `https://erased.invalid/${standIn}` : standIn;
}

function standInOfPerson(
  entries: readonly (readonly [string, unknown])[],
  standInOf: (id: string) => string | null,
): string | null {
  if (!entries.some(([name]) => personFields.has(fieldName(name)))) return null;
  for (const [, value] of entries) {
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const standIn = standInOf(String(value));
    if (standIn !== null) return standIn;
  }
  return null;
}

function fieldName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '');
}
