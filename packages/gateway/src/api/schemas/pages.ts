import { z } from 'zod';
import { answerMetaSchema } from './answer-meta.ts';

/** A list that is there as a whole. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item) });
}

/** One page of a list, without its freshness. */
export function plainPageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    total: z.number().int(),
    nextCursor: z.string().nullable(),
  });
}

/** One page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return plainPageOf(item).extend({ meta: answerMetaSchema });
}
