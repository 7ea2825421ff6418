import { z } from 'zod';
import { workItemSchema } from './work-item.ts';

/** Who wrote a change: people, and accounts nobody knows; coding agents; other bots. */
export const authorKindSchema = z.enum(['people', 'coding_agents', 'service_bots']);
export type AuthorKind = z.infer<typeof authorKindSchema>;

/** The kind of a work item, or what the author of a pull request said that it is. */
export const workTypeSchema = z.enum([...workItemSchema.shape.kind.options, 'hotfix', 'revert']);
export type WorkType = z.infer<typeof workTypeSchema>;

/** Which rows a figure is made of. Each part narrows it further; within a list any one is enough. */
export const metricFilterSchema = z.strictObject({
  /** The key of a service: what is built for it, deployed to it or went wrong in it. */
  service: z.string().min(1).max(400).optional(),
  /** Labels of a pull request, whatever their case. */
  labels: z.array(z.string().min(1).max(200)).min(1).max(20).optional(),
  /** The kind of an item; of a pull request that of an item it is linked with. */
  workTypes: z.array(workTypeSchema).min(1).optional(),
  /** Ids of people: what a chosen set of authors wrote. */
  people: z.array(z.string().min(1).max(100)).min(1).max(1_000).optional(),
  /** Everybody unless told. */
  authors: z.array(authorKindSchema).min(1).optional(),
});
export type MetricFilter = z.infer<typeof metricFilterSchema>;
