import { z } from 'zod';

/** Whoever did something, in the one form that records keep. Null stands for a deleted account. */
export const whoSchema = z
  .object({
    id: z.string().nullish(),
    login: z.string(),
    /** GitHub's own word: `User`, `Bot`, `Mannequin`, `Organization` … */
    type: z.string().nullish(),
    name: z.string().nullish(),
  })
  .nullish();
export type Who = z.infer<typeof whoSchema>;

/** Author or committer of a commit: what the commit says, and the account GitHub knows behind it. */
export const signaturePayloadSchema = z
  .object({ name: z.string().nullish(), email: z.string().nullish(), account: whoSchema })
  .nullish();
export type SignaturePayload = z.infer<typeof signaturePayloadSchema>;
