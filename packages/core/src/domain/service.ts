import { z } from 'zod';

/** Something that is deployed and owned by a team. */
export const serviceSchema = z.object({
  id: z.string(),
  key: z.string().min(1).max(200),
  name: z.string(),
  ownerTeamId: z.string().nullable(),
});
export type Service = z.infer<typeof serviceSchema>;
