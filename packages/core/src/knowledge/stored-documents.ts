import { type SQL, sql } from 'drizzle-orm';
import { type SourceKey, keysJson } from '../search/search-feed.ts';
import { splitSafely } from '../search/document-feed.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import type { OwnerLine } from '../reviewers/owners-of-files.ts';
import type { KnowledgeMethod, SplitDocument } from './knowledge-method.ts';

/** A document as it is stored now, split as it is indexed. */
export interface StoredDocument extends SourceKey {
  repositoryExternalId: string;
  path: string;
  textHash: string;
  commitSha: string;
  lastChangedAt: number | null;
  repository: { name: string; url: string | null };
  lines: string[];
  split: SplitDocument;
}

/** Returns the documents under these keys, by key. */
export async function readStoredDocuments(
  { store, workspaceId, method }: { store: Store; workspaceId: string; method: KnowledgeMethod },
  keys: readonly SourceKey[],
): Promise<Map<string, StoredDocument>> {
  const rows = await queryTuples<
    [
      string,
      string,
      string,
      string,
      string,
      string,
      number | null,
      string | null,
      string | null,
      string,
    ]
  >(
    store.read,
    sql`select d.source, d.external_id, d.repository_external_id, d.path, d.text_hash, d.commit_sha,
        coalesce(d.last_changed_at, ${changedByFollower(workspaceId)}), coalesce(r.full_name, r.name), r.url, t.text
      from json_each(${keysJson(keys)}) k cross join documents d
        on d.workspace_id = ${workspaceId} and d.source = k.value->>0 and d.external_id = k.value->>1
      join document_texts t on t.workspace_id = d.workspace_id and t.hash = d.text_hash
      left join repositories r on r.workspace_id = d.workspace_id and r.source = d.source
        and r.external_id = d.repository_external_id
      where not ${isToldByLead(workspaceId)}`,
  );
  return new Map(
    rows.map(
      ([
        source,
        externalId,
        repositoryExternalId,
        path,
        textHash,
        commitSha,
        lastChangedAt,
        name,
        url,
        text,
      ]) => {
        const document: StoredDocument = {
          source,
          externalId,
          repositoryExternalId,
          path,
          textHash,
          commitSha,
          lastChangedAt,
          repository: { name: name ?? repositoryExternalId, url },
          lines: text.split('\n'),
          split: splitOnce(method, textHash, { path, text }),
        };
        return [documentKey(document), document];
      },
    ),
  );
}

/**
 * The condition that a document of the source that leads a repository (docs/decisions/0014) is the same
 * file. It is found by its key, in which the path follows the repository; of a source with other keys
 * both are told.
 */
const isFileOfLead = sql`lead.workspace_id = f.workspace_id and lead.source = f.lead_source
  and lead.external_id = f.lead_repository_external_id || ':' || d.path`;

/** Of one repository that two sources show, the leading one's version of a file is told. */
function isToldByLead(workspaceId: string): SQL {
  return sql`exists (select 1 from repository_leads f cross join documents lead on ${isFileOfLead}
    where f.workspace_id = ${workspaceId} and f.source = d.source
      and f.repository_external_id = d.repository_external_id)`;
}

/** When the same text last changed, where only a source that follows tells: a clone has the history. */
function changedByFollower(workspaceId: string): SQL {
  return sql`(select max(same.last_changed_at) from repository_leads f cross join documents same
      on same.workspace_id = f.workspace_id and same.source = f.source
        and same.external_id = f.repository_external_id || ':' || d.path
        and same.text_hash = d.text_hash
    where f.workspace_id = ${workspaceId} and f.lead_source = d.source
      and f.lead_repository_external_id = d.repository_external_id)`;
}

/** Returns how many documents there are; one that two sources show is one. */
export async function countDocuments(store: Store, workspaceId: string): Promise<number> {
  const [row] = await queryTuples<[all: number, twice: number]>(
    store.read,
    sql`select (select count(*) from documents where workspace_id = ${workspaceId}),
      (select count(*) from repository_leads f
        cross join documents d on d.workspace_id = f.workspace_id and d.source = f.source
          and d.repository_external_id = f.repository_external_id
        cross join documents lead on ${isFileOfLead}
        where f.workspace_id = ${workspaceId})`,
  );
  return (row?.[0] ?? 0) - (row?.[1] ?? 0);
}

/** Splitting a long document costs as much as all else of an answer, so the latest ones are kept. */
const splitLately = new WeakMap<KnowledgeMethod, Map<string, SplitDocument>>();
const mostSplit = 500;

function splitOnce(
  method: KnowledgeMethod,
  textHash: string,
  document: { path: string; text: string },
): SplitDocument {
  const known = splitLately.get(method) ?? new Map<string, SplitDocument>();
  splitLately.set(method, known);
  const key = `${textHash}\n${document.path}`;
  const found = known.get(key) ?? splitSafely(method, document);
  if (known.size >= mostSplit) known.clear();
  known.set(key, found);
  return found;
}

/** Returns what a document is found by in a map. */
export function documentKey({ source, externalId }: SourceKey): string {
  return `${source}\n${externalId}`;
}

/** Returns the lines of repositories' ownership files, by source and repository. */
export async function readOwnerLines(
  store: Store,
  workspaceId: string,
  places: readonly { source: string; repositoryExternalId: string }[],
): Promise<Map<string, OwnerLine[]>> {
  const keys = places.map(({ source, repositoryExternalId }) => ({
    source,
    externalId: repositoryExternalId,
  }));
  const rows = await queryTuples<[string, string, number, string, string]>(
    store.read,
    sql`select distinct o.source, o.repository_external_id, o.position, o.pattern, o.owner
      from json_each(${keysJson(keys)}) k cross join repository_owners o
        on o.workspace_id = ${workspaceId} and o.source = k.value->>0
          and o.repository_external_id = k.value->>1`,
  );
  const files = new Map<string, OwnerLine[]>();
  for (const [source, externalId, position, pattern, owner] of rows) {
    const key = documentKey({ source, externalId });
    const lines = files.get(key) ?? [];
    files.set(key, lines);
    lines.push({ position, pattern, owner });
  }
  return files;
}
