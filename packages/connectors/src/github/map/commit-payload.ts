import { z } from 'zod';
import { signaturePayloadSchema } from './account-payload.ts';

/** A commit in the one form that records keep: what its message says, not the message. */
export const commitPayloadSchema = z.object({
  sha: z.string(),
  parents: z.array(z.string()),
  authoredAt: z.string().nullish(),
  committedAt: z.string().nullish(),
  author: signaturePayloadSchema,
  committer: signaturePayloadSchema,
  subject: z.string(),
  reverts: z.string().nullish(),
  trailers: z.array(z.tuple([z.string(), z.string()])).nullish(),
});
export type CommitPayload = z.infer<typeof commitPayloadSchema>;
