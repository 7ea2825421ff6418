import { z } from 'zod';
import { sha256 } from '../actions/payload-hash.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { ToldEntry } from './told-entries.ts';

/** The entry that tells which words an erasure left in an action: the hashes of before fit them no more. */
export const wordsErasedEvent = 'erasure.words_left';

/** What of an action a hash is over, each as it stands in its column. */
export interface StoredWords {
  target: readonly (string | null)[];
  revision: number;
  texts: readonly (string | null)[];
}

const leftSchema = z.object({ target: z.string(), revisions: z.record(z.string(), z.string()) });

/** Returns the digest of texts as they stand. */
export function wordsDigest(texts: readonly (string | null)[]): string {
  return sha256(canonicalJson([...texts]));
}

/** Returns whether words are those that the last erasure left; null where none tells of this action. */
export function areLeftWords(
  told: readonly ToldEntry[],
  { target, revision, texts }: StoredWords,
  isLast: boolean,
): boolean | null {
  const last = told
    .filter(({ event }) => event === wordsErasedEvent)
    .reduce<ToldEntry | null>((a, b) => (a === null || b.seq > a.seq ? b : a), null);
  if (last === null) return null;
  const left = leftSchema.safeParse(last.detail).data;
  if (left?.revisions[revision] !== wordsDigest(texts)) return false;
  return !isLast || left.target === wordsDigest(target);
}
