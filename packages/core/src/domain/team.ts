import { z } from 'zod';

/** A group of people and services inside a workspace. */
export const teamSchema = z.object({
  id: z.string(),
  key: z.string().min(1).max(100),
  name: z.string(),
  parentTeamId: z.string().nullable(),
  /** Where the team came from: `default`, `config`, `codeowners`. */
  origin: z.string(),
});
export type Team = z.infer<typeof teamSchema>;
