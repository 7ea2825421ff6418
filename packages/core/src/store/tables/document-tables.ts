import type { ColumnKit } from '../column-kit.ts';

/** Texts that repositories keep, and what a host's embedder makes of their parts. */
export function documentTables(kit: ColumnKit) {
  const { table, text, integer, instant, index, unique, primaryKey } = kit;
  return {
    documents: table(
      'documents',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        repositoryExternalId: text().notNull(),
        path: text().notNull(),
        textHash: text().notNull(),
        commitSha: text().notNull(),
        byteCount: integer().notNull(),
        lastChangedAt: instant(),
      },
      (t) => [
        unique('documents_key').on(t.workspaceId, t.source, t.externalId),
        index('documents_text').on(t.workspaceId, t.textHash),
        index('documents_repository').on(t.workspaceId, t.source, t.repositoryExternalId),
      ],
    ),
    /** Each text once, however many files hold it. */
    documentTexts: table(
      'document_texts',
      {
        workspaceId: text().notNull(),
        hash: text().notNull(),
        text: text().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.hash] })],
    ),
    /** Vectors of parts, as base64 of 32-bit floats; only where the host brought an embedder. */
    documentVectors: table(
      'document_vectors',
      {
        workspaceId: text().notNull(),
        /** Which embedder made it; those of another one are of no use. */
        embedder: text().notNull(),
        textHash: text().notNull(),
        part: integer().notNull(),
        vector: text().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.embedder, t.textHash, t.part] })],
    ),
  };
}
