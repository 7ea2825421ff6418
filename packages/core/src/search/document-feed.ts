import { sql } from 'drizzle-orm';
import type { KnowledgeMethod, SplitDocument } from '../knowledge/knowledge-method.ts';
import { queryTuples } from '../store/raw-query.ts';
import { keysJson, listKeysOf, type SearchFeed } from './search-feed.ts';
import type { SearchSubject } from './search-index.ts';

/** Returns the feed of documents, split by a method into parts that are found one by one. */
export function createDocumentFeed(method: KnowledgeMethod): SearchFeed {
  return {
    kind: 'document',
    version: method.version,
    list: listKeysOf('documents'),
    async read(database, workspaceId, keys) {
      const rows = await queryTuples<[string, string, string, string, number | null, string]>(
        database,
        sql`select d.source, d.external_id, d.repository_external_id, d.path, d.last_changed_at, t.text
          from json_each(${keysJson(keys)}) k cross join documents d
            on d.workspace_id = ${workspaceId} and d.source = k.value->>0
              and d.external_id = k.value->>1
          join document_texts t on t.workspace_id = d.workspace_id and t.hash = d.text_hash`,
      );
      return rows.map(([source, externalId, place, path, updatedAt, text]): SearchSubject => {
        const { title, parts } = splitSafely(method, { path, text });
        return {
          kind: 'document',
          source,
          externalId,
          title,
          path,
          place,
          visibility: 'workspace',
          ownerPersonId: null,
          teamId: null,
          updatedAt,
          parts,
        };
      });
    },
  };
}

/** A document that the method of a host cannot split is one part; it must not keep all others from being found. */
export function splitSafely(
  method: KnowledgeMethod,
  document: { path: string; text: string },
): SplitDocument {
  try {
    return method.split(document);
  } catch {
    const lines = { from: 1, to: document.text.split('\n').length };
    return { title: document.path, parts: [{ heading: '', text: document.text, lines }] };
  }
}
