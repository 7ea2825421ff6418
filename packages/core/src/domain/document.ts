import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** A text that a repository keeps: a README, a runbook, a decision. Its words stand beside it, under their hash. */
export const documentSchema = z.object({
  source: sourceSchema,
  /** The repository and the path, so that each file of each repository is one. */
  externalId: externalIdSchema,
  repositoryExternalId: externalIdSchema,
  path: z.string(),
  /** Names the text; two files of one content share it. */
  textHash: z.string(),
  /** The version in which it was read: a commit that holds exactly this text. */
  commitSha: z.string(),
  byteCount: z.number().int(),
  /** When the file last changed; null where the source does not tell. */
  lastChangedAt: instantSchema.nullable(),
});
export type Document = z.infer<typeof documentSchema>;

/** The words of a document. */
export interface DocumentText {
  hash: string;
  text: string;
}
