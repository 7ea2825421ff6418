import { z } from 'zod';
import { whoSchema } from './account-payload.ts';

const count = z.number().int().nonnegative().nullish();

/** Some people's day with Copilot, in the one form that records keep. */
export const aiUsagePayloadSchema = z.object({
  day: z.iso.date(),
  people: z.array(
    z.object({
      account: whoSchema.unwrap().unwrap(),
      interactions: count,
      suggestions: count,
      suggestionsAccepted: count,
      linesAdded: count,
      linesDeleted: count,
      usedAgent: z.boolean().nullish(),
      usedChat: z.boolean().nullish(),
      usedCli: z.boolean().nullish(),
      creditsUsed: z.number().nonnegative().nullish(),
      /** Numbers of the teams that they were in on that day; null where no report says so. */
      teamIds: z.array(z.string()).nullish(),
    }),
  ),
});
export type AiUsagePayload = z.infer<typeof aiUsagePayloadSchema>;
export type AiUsageOfPerson = AiUsagePayload['people'][number];
