import { type SQL, sql } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import { readAnswerMeta } from '../reads/answer-meta.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { questionTerms } from '../search/question-terms.ts';
import type { SearchHit } from '../search/search-index.ts';
import { snippetOf } from '../search/text-snippet.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { KnowledgeDeps } from './ask.ts';
import type { FoundItem, FoundKind, SearchAnswer, SearchWorkspaceQuery } from './handle.ts';
import { placesAsked } from './repositories-asked.ts';
import { searchAccessOf } from './search-access.ts';
import { documentKey, readStoredDocuments, type StoredDocument } from './stored-documents.ts';

const mostItems = 50;

/** Where the row of each kind stands, and what tells its address. */
const rowsOfKind: Readonly<Record<FoundKind, SQL>> = {
  document: sql`documents`,
  pull_request: sql`pull_requests`,
  work_item: sql`work_items`,
};
const foundKinds = ['document', 'pull_request', 'work_item'] as const satisfies FoundKind[];

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
    access: await searchAccessOf(context),
    limit: Math.min(Math.max(1, limit), mostItems),
    ...(places === null ? {} : { places }),
  });
  const ofDocuments = hits.filter(({ kind }) => kind === 'document');
  const documents = await readStoredDocuments({ store, workspaceId, method }, ofDocuments);
  const rows = await readRowIds(context, hits);
  return {
    items: hits.flatMap((hit) => toItem(hit, documents, rows, terms)),
    hasMore,
    lookedFor: questionTerms(text).map(({ word }) => word),
    meta: await readAnswerMeta(context),
  };
}

interface RowOfHit {
  id: string;
  repository: string | null;
  repositoryUrl: string | null;
}

async function readRowIds(
  { store, workspaceId }: ReadContext,
  hits: readonly SearchHit[],
): Promise<Map<string, RowOfHit>> {
  const found = new Map<string, RowOfHit>();
  for (const kind of foundKinds) {
    const keys = hits.flatMap((hit) =>
      hit.kind === kind ? [[hit.source, hit.externalId, hit.place]] : [],
    );
    if (keys.length === 0) continue;
    const rows = await queryTuples<[string, string, string, string | null, string | null]>(
      store.read,
      sql`select x.id, x.source, x.external_id, coalesce(r.full_name, r.name), r.url
        from json_each(${JSON.stringify(keys)}) k cross join ${rowsOfKind[kind]} x
          on x.workspace_id = ${workspaceId} and x.source = k.value->>0 and x.external_id = k.value->>1
        left join repositories r on r.workspace_id = ${workspaceId} and r.source = x.source
          and r.external_id = k.value->>2`,
    );
    for (const [id, source, externalId, repository, repositoryUrl] of rows) {
      found.set(`${kind}\n${documentKey({ source, externalId })}`, {
        id,
        repository,
        repositoryUrl,
      });
    }
  }
  return found;
}

function toItem(
  hit: SearchHit,
  documents: ReadonlyMap<string, StoredDocument>,
  rows: ReadonlyMap<string, RowOfHit>,
  terms: readonly string[],
): FoundItem[] {
  const row = rows.get(`${hit.kind}\n${documentKey(hit)}`);
  const document = hit.kind === 'document' ? documents.get(documentKey(hit)) : undefined;
  const part = document?.split.parts[hit.part];
  const { kind, title, path, heading, lines, updatedAt } = hit;
  if (kind === 'report') return [];
  const item: FoundItem = {
    ...{ kind, title, path, heading, lines, updatedAt },
    id: row?.id ?? null,
    repository: row?.repository ?? null,
    snippet: part === undefined ? null : snippetOf(part.text, terms),
    url: row?.repositoryUrl ?? null,
  };
  return [item];
}
