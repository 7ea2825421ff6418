import type { DomainRows, Scope } from '@adjutant/core';
import { z } from 'zod';

/** What is stored of a document as the source gave it; its text stands beside it, under its hash. */
export const documentPayloadSchema = z.object({
  path: z.string(),
  blob: z.string(),
  commit: z.string(),
  textHash: z.string(),
  byteCount: z.number().int(),
  lastChangedAt: z.number().int().nullable(),
});
export type DocumentPayload = z.infer<typeof documentPayloadSchema>;

/** How many documents of one repository are read. */
export const mostDocuments = 5_000;
/** How many go into one batch. */
export const documentsInOneBatch = 100;

/** Returns the row of a document. */
export function mapDocument(source: string, payload: DocumentPayload, scope: Scope): DomainRows {
  const { path, commit, textHash, byteCount, lastChangedAt } = payload;
  return {
    documents: [
      {
        source,
        externalId: `${scope.externalId}:${path}`,
        repositoryExternalId: scope.externalId,
        path,
        textHash,
        commitSha: commit,
        byteCount,
        lastChangedAt,
      },
    ],
  };
}
