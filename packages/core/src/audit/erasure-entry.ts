import { z } from 'zod';
import { storedObject } from './stored-object.ts';

/** The entry that tells of an erasure. A trigger lets personal data go only with it. */
export const personalDataErasedEvent = 'audit.personal_data_erased';

const detailSchema = z.object({ entryIds: z.array(z.string()) });

/** Returns the ids of the entries whose personal data this one says was erased. */
export function erasedEntryIds(row: { event: string; detail: string }): readonly string[] {
  if (row.event !== personalDataErasedEvent) return [];
  const detail = detailSchema.safeParse(storedObject(row.detail));
  return detail.success ? detail.data.entryIds : [];
}
