import { z } from 'zod';

/** The files of a pull request: a record of their own, written again only where its head has moved. */
export const pullRequestFilesPayloadSchema = z.object({
  id: z.string(),
  headSha: z.string().nullish(),
  /** Path, lines added and lines taken away of each; of very many only the first. */
  files: z.array(z.tuple([z.string(), z.number().int().nullable(), z.number().int().nullable()])),
});
export type PullRequestFilesPayload = z.infer<typeof pullRequestFilesPayloadSchema>;
