import { z } from 'zod';
import type { Who } from '../map/account-payload.ts';

export const text = z.string().nullish();

/** The number of a thing: the larger type where there is one, because the older one overflows. */
export const fullId = {
  databaseId: z.number().nullish(),
  fullDatabaseId: z.union([z.string(), z.number(), z.bigint()]).nullish(),
};

/** Returns the numeric id as text. */
export function idOf(thing: {
  databaseId?: number | null | undefined;
  fullDatabaseId?: string | number | bigint | null | undefined;
}): string {
  return String(thing.fullDatabaseId ?? thing.databaseId ?? 'unknown');
}

export const graphqlWhoSchema = z
  .object({
    type: z.string(),
    login: z.string(),
    databaseId: z.number().nullish(),
    name: text,
  })
  .nullish();

export function whoOfGraphql(who: z.infer<typeof graphqlWhoSchema>): Who {
  if (who === null || who === undefined) return null;
  return {
    id: who.databaseId === null || who.databaseId === undefined ? null : String(who.databaseId),
    login: who.login,
    type: who.type,
    name: who.name ?? null,
  };
}

/** A connection, absent where it could not be given. */
export function connectionOf<Item extends z.ZodType>(item: Item) {
  return z.object({ nodes: z.array(item.nullable()).nullish() }).nullish();
}

/** Returns what a connection holds; null in a list stands for what could not be given. */
export function listOf<Item>(
  connection: { nodes?: (Item | null)[] | null | undefined } | null | undefined,
): NonNullable<Item>[] {
  return (connection?.nodes ?? []).flatMap((item) =>
    item === null || item === undefined ? [] : [item],
  );
}
