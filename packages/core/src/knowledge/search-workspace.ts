import { AdjutantError } from '../errors.ts';
import { readAnswerMeta } from '../reads/answer-meta.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { questionTerms } from '../search/question-terms.ts';
import type { SearchHit } from '../search/search-index.ts';
import { snippetOf } from '../search/text-snippet.ts';
import type { KnowledgeDeps } from './ask.ts';
import type { FoundItem, SearchAnswer, SearchWorkspaceQuery } from './handle.ts';
import { foundKinds, type FoundRow, readFoundRows } from './found-rows.ts';
import { placesAsked } from './repositories-asked.ts';
import { everybodysAccess } from './everybodys-access.ts';
import { documentKey, readStoredDocuments, type StoredDocument } from './stored-documents.ts';

const mostItems = 50;

/** Finds whatever the viewer may read by its words. */
export async function searchWorkspace(
  context: ReadContext,
  { index, method }: KnowledgeDeps,
  { text, kinds, repository, limit = 10 }: SearchWorkspaceQuery,
): Promise<SearchAnswer> {
  if (text.trim() === '') {
    throw new AdjutantError('InvalidInput', 'There is nothing to look for.', {
      hint: 'Give words.',
    });
  }
  const { store, workspaceId } = context;
  const places = await placesAsked(context, repository);
  const { hits, hasMore, terms } = await index.search(workspaceId, {
    text,
    // The index may lag behind who may read a report, so none is handed out by it.
    kinds: foundKinds.filter((kind) => kinds === undefined || kinds.includes(kind)),
    access: everybodysAccess,
    limit: Math.min(Math.max(1, limit), mostItems),
    ...(places === null ? {} : { places }),
  });
  const ofDocuments = hits.filter(({ kind }) => kind === 'document');
  const documents = await readStoredDocuments({ store, workspaceId, method }, ofDocuments);
  const rowOf = await readFoundRows(context, hits);
  return {
    items: hits.flatMap((hit) => toItem(hit, documents, rowOf(hit), terms)),
    hasMore,
    lookedFor: questionTerms(text).map(({ word }) => word),
    meta: await readAnswerMeta(context),
  };
}

function toItem(
  hit: SearchHit,
  documents: ReadonlyMap<string, StoredDocument>,
  row: FoundRow | undefined,
  terms: readonly string[],
): FoundItem[] {
  const document = hit.kind === 'document' ? documents.get(documentKey(hit)) : undefined;
  const part = document?.split.parts[hit.part];
  const { kind, title, path, heading, lines, updatedAt } = hit;
  // A file that the leading source shows too is told as that one's; what is gone since is not told.
  if (kind === 'report' || (kind === 'document' && document === undefined)) return [];
  const item: FoundItem = {
    ...{ kind, title, path, heading, lines, updatedAt },
    id: row?.id ?? null,
    repository: row?.repository ?? null,
    snippet: part === undefined ? null : snippetOf(part.text, terms),
    url: row?.repositoryUrl ?? null,
  };
  return [item];
}
