import { sql } from 'drizzle-orm';
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
        d.last_changed_at, coalesce(r.full_name, r.name), r.url, t.text
      from json_each(${keysJson(keys)}) k cross join documents d
        on d.workspace_id = ${workspaceId} and d.source = k.value->>0 and d.external_id = k.value->>1
      join document_texts t on t.workspace_id = d.workspace_id and t.hash = d.text_hash
      left join repositories r on r.workspace_id = d.workspace_id and r.source = d.source
        and r.external_id = d.repository_external_id`,
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
