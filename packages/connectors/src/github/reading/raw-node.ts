import { z } from 'zod';
import type { GraphqlProblem } from '../client/graphql-answer.ts';

/** A node as it came, before its schema is applied: parts are still being added to it. */
export type RawNode = Record<string, unknown> & { id: string };

const rawNodeSchema = z.looseObject({ id: z.string() });
const pageInfoSchema = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });
export const connectionSchema = z.object({
  pageInfo: pageInfoSchema,
  nodes: z.array(z.unknown()).nullish(),
});

export function asRawNode(value: unknown): RawNode | null {
  const parsed = rawNodeSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** What an answer failed to give below one node: whole parts of it, or something of its own. */
export interface Damage {
  /** Nested connections that are incomplete. */
  parts: Set<string>;
  /** True where the node's own fields are incomplete, or all of it is gone. */
  whole: boolean;
  refused: boolean;
}

/**
 * Sorts the problems of an answer by the position in a list that they concern. Those that concern
 * no position come back as `others`.
 */
export function damageByPosition(
  problems: readonly GraphqlProblem[],
  listPath: readonly string[],
  parts: readonly string[],
): { damage: Map<number, Damage>; others: GraphqlProblem[] } {
  const damage = new Map<number, Damage>();
  const others: GraphqlProblem[] = [];
  for (const problem of problems) {
    const path = problem.path ?? [];
    const position = path[listPath.length];
    const isBelow = listPath.every((step, at) => path[at] === step);
    if (!isBelow || typeof position !== 'number') {
      others.push(problem);
      continue;
    }
    const found = damage.get(position) ?? { parts: new Set(), whole: false, refused: false };
    const field = path[listPath.length + 1];
    if (typeof field === 'string' && parts.includes(field)) found.parts.add(field);
    else found.whole = true;
    if (problem.type === 'NOT_FOUND' || problem.type === 'FORBIDDEN') found.refused = true;
    damage.set(position, found);
  }
  return { damage, others };
}
