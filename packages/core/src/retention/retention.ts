import { z } from 'zod';
import { parseInput } from '../parse-input.ts';
import { type RetentionClassId, retentionClassIds } from './retention-class-ids.ts';
import { retentionClass } from './retention-classes.ts';

const longestDays = 36_500;

/** How long each class is kept, in days; null for ever. */
export type RetentionDays = Readonly<Record<RetentionClassId, number | null>>;

/** Returns for how long each class is kept: what was told, otherwise its default. @throws AdjutantError `InvalidInput` */
export function retentionIn(told: Partial<RetentionDays> | undefined): RetentionDays {
  const entries = retentionClassIds.map((id) => {
    const { defaultDays } = retentionClass(id);
    const given = told?.[id];
    return [id, given === undefined ? defaultDays : parseDays(id, given)];
  });
  parseInput(z.strictObject(shape()), told ?? {});
  return Object.fromEntries(entries) as RetentionDays;
}

/** Returns the days of a class, checked against the fewest that it can bear. @throws AdjutantError `InvalidInput` */
export function parseDays(id: RetentionClassId, days: number | null): number | null {
  return parseInput(z.strictObject({ [id]: daysSchema(id) }), { [id]: days })[id] ?? null;
}

function shape(): Record<string, z.ZodType<number | null | undefined>> {
  return Object.fromEntries(retentionClassIds.map((id) => [id, daysSchema(id).optional()]));
}

function daysSchema(id: RetentionClassId): z.ZodType<number | null> {
  const { fewestDays } = retentionClass(id);
  return z
    .number()
    .int('is a whole number of days')
    .min(fewestDays, `is kept for ${fewestDays} days at least`)
    .max(longestDays, 'is too long')
    .nullable();
}
