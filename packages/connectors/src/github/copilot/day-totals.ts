import { z } from 'zod';

const wrappedSchema = z.looseObject({ day_totals: z.array(z.record(z.string(), z.unknown())) });
const flatSchema = z.record(z.string(), z.unknown());

/**
 * Returns the days that a row of a report tells of. Reports of one day are flat; those of 28 days
 * hold `day_totals`, whose days are of the same person or organization as the row around them.
 */
export function dayTotalsOf(row: unknown): Record<string, unknown>[] {
  const wrapped = wrappedSchema.safeParse(row);
  if (wrapped.success) {
    const { day_totals: days, ...around } = wrapped.data;
    return days.map((day) => ({ ...around, ...day }));
  }
  const flat = flatSchema.safeParse(row);
  return flat.success ? [flat.data] : [];
}
