import { z } from 'zod';
import { carriesMark } from './effect-key.ts';

/** A text that leaves: bounded, without a mark of its own and without what no text needs. */
export function outgoingTextSchema(maxLength: number): z.ZodString {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .refine((text) => !carriesMark(text), 'carries a mark that only Adjutant may set')
    .refine((text) => !/[^\P{Cc}\n\r\t]/u.test(text), 'has control characters');
}

/** One line that leaves, such as a title. */
export function outgoingLineSchema(maxLength = 250): z.ZodString {
  return outgoingTextSchema(maxLength).refine((text) => !/[\r\n]/.test(text), 'is one line');
}
