import { z } from 'zod';
import { calendarDaySchema, externalIdSchema, sourceSchema } from './primitives.ts';

const countSchema = z.number().int().nonnegative().nullable();

/**
 * What one account did with one AI tool on one day, as the tool's maker counts it. It is personal:
 * nobody but that person is shown it, and figures are made of it only for five people or more.
 * Whatever the report leaves out is null.
 */
export const aiUsageDaySchema = z.object({
  source: sourceSchema,
  accountExternalId: externalIdSchema,
  /** As the report counts days: in UTC. */
  day: calendarDaySchema,
  /** `copilot` … */
  tool: z.string().min(1).max(40),
  /** Questions and commands that the person gave. */
  interactions: countSchema,
  /** How often the tool offered code. */
  suggestions: countSchema,
  /** How often what it offered was taken. */
  suggestionsAccepted: countSchema,
  linesAdded: countSchema,
  linesDeleted: countSchema,
  usedAgent: z.boolean().nullable(),
  usedChat: z.boolean().nullable(),
  usedCli: z.boolean().nullable(),
  /** What it cost, in the maker's own unit. */
  creditsUsed: z.number().nonnegative().nullable(),
  /** Groups of accounts that it was in on that day; null where no report says so. */
  groupExternalIds: z.array(externalIdSchema).nullable(),
});
export type AiUsageDay = z.infer<typeof aiUsageDaySchema>;
