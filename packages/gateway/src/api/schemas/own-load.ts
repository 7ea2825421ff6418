import type { LoadItem, OwnLoad } from '@adjutant/core';
import { calendarDaySchema, instantSchema } from '@adjutant/core/domain';
import { z } from 'zod';

const loadItemSchema = z.object({
  id: z.string(),
  key: z.string(),
  title: z.string(),
  repository: z.string().nullable(),
  since: instantSchema.nullable(),
}) satisfies z.ZodType<LoadItem>;

/** What lies on whoever asks, for their own eyes. */
export const ownLoadSchema = z.object({
  personId: z.string(),
  fromDay: calendarDaySchema,
  toDay: calendarDaySchema,
  reviewsAsked: z.array(loadItemSchema),
  openPullRequests: z.array(loadItemSchema),
  itemsInProgress: z.array(loadItemSchema),
  days: z.array(
    z.object({
      day: calendarDaySchema,
      repositories: z.number().int(),
      items: z.number().int(),
    }),
  ),
  contextsPerDay: z.number().nullable(),
  outOfHours: z
    .object({ share: z.number(), outside: z.number().int(), total: z.number().int() })
    .nullable(),
  gaps: z.array(z.enum(['author_unmapped', 'hours_not_declared', 'truncated'])),
}) satisfies z.ZodType<OwnLoad>;
