import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { ReadRequest } from '@adjutant/core';
import { z } from 'zod';
import { createDocumentMatcher, type DocumentChoice, isPlainPath } from './document-paths.ts';
import type { DocumentTroubles } from './document-gaps.ts';
import { documentPayloadSchema, mostDocuments } from './document-payload.ts';
import { longestDocumentBytes } from './read-document-text.ts';

const entriesInOneTurn = 2_000;

/** A file of a tree, as a source lists it. */
export interface TreeEntry {
  path: string;
  kind: 'file' | 'link' | 'submodule';
  blob: string;
  /** Null where the source does not tell. */
  byteCount: number | null;
}

/** What is to be read, and what of the stored is gone. */
export interface DocumentPlan {
  wanted: TreeEntry[];
  gone: string[];
}

export const documentStateSchema = z.object({
  version: z.literal(1),
  /** The tree and the choice that a pass last came to its end with; null while one is under way. */
  read: z.string().nullable(),
  /** What that pass could not read. */
  troubles: z.record(z.string(), z.number()).default({}),
});
type DocumentState = z.infer<typeof documentStateSchema>;

/** Returns a stored state, or a fresh one where it is missing or not ours. */
export function readDocumentState(state: unknown): DocumentState {
  const parsed = documentStateSchema.safeParse(state);
  return parsed.success ? parsed.data : { version: 1, read: null, troubles: {} };
}

/** Returns what names a tree read with a choice: with the same name there is nothing to read. */
export function readingName(tree: string, choice: DocumentChoice): string {
  return createHash('sha256')
    .update(JSON.stringify([tree, choice]))
    .digest('base64url');
}

/** Returns which files of a tree are documents that are not stored as they are now. */
export async function planDocuments(
  entries: readonly TreeEntry[],
  choice: DocumentChoice,
  request: ReadRequest,
  troubles: DocumentTroubles,
): Promise<DocumentPlan> {
  const isDocument = createDocumentMatcher(choice);
  const documents: TreeEntry[] = [];
  for (const [at, entry] of entries.entries()) {
    // Matching a hundred thousand paths at once would hold everything else up.
    if (at % entriesInOneTurn === entriesInOneTurn - 1) await setImmediate();
    // A submodule is listed as its folder.
    if (!isDocument(entry.kind === 'submodule' ? `${entry.path}/x.md` : entry.path)) continue;
    if (!isPlainPath(entry.path)) troubles.note('odd_path');
    else if (entry.kind !== 'file') troubles.note(entry.kind);
    else if ((entry.byteCount ?? 0) > longestDocumentBytes) troubles.note('too_long');
    else documents.push(entry);
  }
  if (documents.length > mostDocuments) troubles.note('too_many', documents.length - mostDocuments);
  const kept = documents.slice(0, mostDocuments);
  const paths = kept.map(({ path }) => path);
  const stored = (await request.storedPayloads?.(paths)) ?? new Map<string, unknown>();
  const wanted = kept.filter(({ path, blob }) => {
    const known = documentPayloadSchema.safeParse(stored.get(path));
    return !known.success || known.data.blob !== blob;
  });
  const there = new Set(paths);
  const gone: string[] = [];
  for await (const path of request.knownExternalIds?.() ?? []) {
    if (!there.has(path)) gone.push(path);
  }
  return { wanted, gone };
}
