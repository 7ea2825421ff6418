import { z } from 'zod';

/** A long list of commits goes on in further parts, so that no record writes ten thousand rows. */
const partFields = {
  tag: z.string(),
  sha: z.string(),
  /** When the tag was made. */
  taggedAt: z.number().int(),
  part: z.number().int(),
  /** What this tag is the first to contain, of all tags or of those that are deployments. */
  commits: z.array(z.string()),
};

const releasePayloadSchema = z.object({ kind: z.literal('release'), ...partFields });
export type ReleasePayload = z.infer<typeof releasePayloadSchema>;

const deploymentPayloadSchema = z.object({
  kind: z.literal('deployment'),
  ...partFields,
  environment: z.string(),
  /** The tag of the deployment before; null for the first one known. */
  previousTag: z.string().nullable(),
});
export type DeploymentPayload = z.infer<typeof deploymentPayloadSchema>;

export const tagPayloadSchema = z.discriminatedUnion('kind', [
  releasePayloadSchema,
  deploymentPayloadSchema,
]);
export type TagPayload = z.infer<typeof tagPayloadSchema>;

/** Returns the record id of a part. A space cannot stand in a tag's name, so ids never meet. */
export function tagRecordId(kind: TagPayload['kind'], tag: string, part: number): string {
  return part === 0 ? `${kind}:${tag}` : `${kind}:${tag} ${part}`;
}
