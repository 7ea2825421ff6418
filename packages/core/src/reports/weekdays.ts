import { z } from 'zod';

/** 1 is Monday. */
export const workingDays: readonly number[] = [1, 2, 3, 4, 5];

export const weekdaysSchema = z
  .array(z.int().min(1).max(7))
  .min(1)
  .transform((days) => [...new Set(days)].toSorted((one, other) => one - other));

export const timeOfDaySchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is a time of day, such as 16:30');
