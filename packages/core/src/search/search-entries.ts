import { hash } from 'node:crypto';
import type { SqlValue } from '../store/sql-client.ts';
import {
  headingSeparator,
  type SearchKey,
  type SearchPart,
  type SearchSubject,
} from './search-index.ts';
import { termsTextOf } from './words.ts';

/** One part as it is written: its row, and the words of its columns. */
export interface SearchEntry {
  /** Its key and the number of the part, as one text. */
  place: string;
  contentHash: string;
  row: SqlValue[];
  /** How long its text is. @unit characters */
  length: number;
  /** Returns the words of body, title, heading and path. They are made once, and only for what is written. */
  words: () => readonly string[];
}

const hashLength = 16;

/** Yields what is written of each part of a subject. */
export function* entriesOf(workspaceId: string, subject: SearchSubject): Generator<SearchEntry> {
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
    const shortHash = contentHash.slice(0, hashLength);
    let words: readonly string[] | null = null;
    yield {
      place: placeOf({ kind, source, externalId }, part),
      contentHash: shortHash,
      row: [workspaceId, kind, source, externalId, part, ...told.map(storable), shortHash],
      length: text.length,
      words: () => (words ??= wordsOfPart(subject, { heading, text })),
    };
  }
}

/** Returns a key and the number of a part as one text. */
export function placeOf(
  { kind, source, externalId }: Record<keyof SearchKey, string>,
  part: number,
): string {
  return `${kind}\n${source}\n${externalId}\n${part}`;
}

function wordsOfPart(
  subject: SearchSubject,
  { heading, text }: Pick<SearchPart, 'heading' | 'text'>,
): string[] {
  // What heads the part itself says more of it than what stands above.
  const headings = heading.split(headingSeparator);
  const above = [subject.title, ...headings.slice(0, -1)].join(' ');
  return [text, above, headings.at(-1) ?? '', subject.path].map(termsTextOf);
}

/** As everywhere in the store: Postgres has no U+0000 in text. */
function storable(value: SqlValue): SqlValue {
  return typeof value === 'string' && value.includes('\0')
    ? value.replaceAll('\0', '\uFFFD')
    : value;
}
