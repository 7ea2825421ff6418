import type { AnswerMeta, GapNote } from '@adjutant/core';
import { z } from 'zod';
import { instantText } from './instant-text.ts';

const gapsShown = 8;

const gapSchema = z.object({
  code: z.string(),
  message: z.string(),
  affected: z.number().nullable(),
});
type ShownGap = z.infer<typeof gapSchema>;

/** The fields that stand in every answer: how fresh it is and what it lacks. */
export const freshnessShape = {
  as_of: z.string(),
  synced_at: z.string().nullable(),
  gaps: z.array(gapSchema),
};

export type Freshness = z.infer<z.ZodObject<typeof freshnessShape>>;

/**
 * Returns the freshness fields, the gaps of these codes first: those that touch what is answered.
 * Where there are more gaps than shown, the last line says so.
 */
export function freshness(meta: AnswerMeta, touching: readonly string[] = []): Freshness {
  const isApart = ({ code }: GapNote): number => (touching.includes(code) ? 0 : 1);
  const gaps = mergeGaps(meta.gaps.toSorted((left, right) => isApart(left) - isApart(right)));
  const more = gaps.length - gapsShown;
  const shown = more > 0 ? [...gaps.slice(0, gapsShown), moreGaps(more)] : gaps;
  return freshnessWith(meta, shown);
}

/** Returns the freshness fields with the gaps given. */
export function freshnessWith(meta: AnswerMeta, gaps: ShownGap[]): Freshness {
  return { as_of: instantText(meta.asOf), synced_at: instantText(meta.syncedAt), gaps };
}

/** Returns the gaps as answers show them: the same gap of several scopes once, its counts added up. */
export function mergeGaps(notes: readonly GapNote[]): ShownGap[] {
  const merged = new Map<string, ShownGap>();
  for (const { code, message, affectedCount } of notes) {
    const key = JSON.stringify([code, message]);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { code, message, affected: affectedCount });
    else known.affected = sum(known.affected, affectedCount);
  }
  return [...merged.values()];
}

function sum(left: number | null, right: number | null): number | null {
  return left === null || right === null ? null : left + right;
}

function moreGaps(count: number): ShownGap {
  const message = `${count} more kinds of gap; get_sync_status lists them all`;
  return { code: 'more_gaps', message, affected: null };
}
