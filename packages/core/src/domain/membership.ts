import { z } from 'zod';
import { calendarDaySchema } from './primitives.ts';

/** A person's dated stay in a team. */
export const membershipSchema = z.object({
  personId: z.string(),
  teamId: z.string(),
  fromDay: calendarDaySchema.nullable(),
  toDay: calendarDaySchema.nullable(),
});
export type Membership = z.infer<typeof membershipSchema>;
