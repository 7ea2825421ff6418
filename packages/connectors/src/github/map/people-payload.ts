import { z } from 'zod';
import { whoSchema } from './account-payload.ts';

export const memberPayloadSchema = z.object({
  account: whoSchema.unwrap(),
  role: z.string().nullish(),
  /** Addresses at domains that the organization has proved to be its own. */
  verifiedEmails: z.array(z.string()).nullish(),
});
export type MemberPayload = z.infer<typeof memberPayloadSchema>;

export const teamPayloadSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** `acme/platform`: as people and CODEOWNERS write it. */
  slug: z.string(),
  parentId: z.string().nullish(),
  members: z.array(z.object({ account: whoSchema, role: z.string().nullish() })).nullish(),
});
export type TeamPayload = z.infer<typeof teamPayloadSchema>;

export const repositoryPayloadSchema = z.object({
  name: z.string(),
  fullName: z.string(),
  url: z.string().nullish(),
  defaultBranch: z.string().nullish(),
  mergeStyle: z.enum(['merge', 'squash', 'mixed', 'linear']).nullish(),
  /** Rules of CODEOWNERS; absent where there is no such file. */
  owners: z
    .array(z.object({ position: z.number(), pattern: z.string(), owners: z.array(z.string()) }))
    .nullish(),
});
export type RepositoryPayload = z.infer<typeof repositoryPayloadSchema>;
