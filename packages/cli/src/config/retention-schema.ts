import { retentionClassIds } from '@adjutant/core/domain';
import { z } from 'zod';

/** The classes that rows are kept by. */
export const retentionClassSchema = z.enum(retentionClassIds);

const daysSchema = z.union([
  z.number().int('is a whole number of days').min(1, 'is too short').max(36_500, 'is too long'),
  z.literal('kept').transform(() => null),
]);

/** For how many days each class is kept; `kept` for ever. */
export const retentionSchema = z.partialRecord(retentionClassSchema, daysSchema);
