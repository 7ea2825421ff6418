import { z } from 'zod';
import { informationClasses } from './visibility.ts';

/** Why a question about people was not answered. */
export const refusalReasons = {
  too_few_people: 'fewer than five people stand behind it, or behind what it leaves out',
  too_alike: 'fewer than five people lie between it and what was told before',
  no_whole_period: 'the window holds no whole period of four weeks that has ended',
  narrowed: 'it was narrowed further than figures on people may be',
  new_set: 'only a lead asks about a set of people that was not asked about before',
  role: 'the role of whoever asked does not have it',
} as const;
export type RefusalReason = keyof typeof refusalReasons;

export const refusalSchema = z.object({
  class: z.enum(informationClasses),
  reason: z.enum(Object.keys(refusalReasons) as [RefusalReason, ...RefusalReason[]]),
});
/** What was refused, and why. What was asked in particular is no part of it. */
export type Refusal = z.infer<typeof refusalSchema>;

/** Under which the ledger keeps refusals. */
export const refusalSubject = 'privacy:refusals';
export const refusalEvent = 'privacy.query_refused';
