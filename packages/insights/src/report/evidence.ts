import { instantSchema } from '@adjutant/core/domain';
import { z } from 'zod';

/** How many rows stand behind one number of a report at most; the total stands beside them. */
export const evidenceLimit = 200;

/** The longest piece of text from outside that a report carries. */
export const textLimit = 300;

const outsideText = z.string().max(textLimit);

/** One row behind a number: what it is, where it lives, and the columns that were read. */
export const evidenceRowSchema = z.object({
  id: z.string(),
  key: outsideText,
  title: outsideText,
  repository: outsideText.nullable(),
  /** Only ever an https page of a known code host. */
  url: z.string().nullable(),
  /** When it was merged, released or finished, where that is known. */
  at: instantSchema.nullable(),
  /** The columns a metric read; empty where no metric did. */
  values: z.record(z.string(), z.union([outsideText, z.number(), z.boolean(), z.null()])),
});
export type EvidenceRow = z.infer<typeof evidenceRowSchema>;

/** The rows behind a number. `total` counts all of them, `rows` is bounded. */
export const evidenceSchema = z.object({
  rows: z.array(evidenceRowSchema).max(evidenceLimit),
  total: z.number().int().nonnegative(),
  /** True where there are more than `total`, because reading stopped at a bound. */
  totalIsLowerBound: z.boolean(),
  /** Which rows were kept: `newest first`, `longest first`. */
  order: z.string(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Evidence of nothing. */
export const noEvidence: Evidence = {
  rows: [],
  total: 0,
  totalIsLowerBound: false,
  order: 'newest first',
};
