import { z } from 'zod';
import { configSchema } from './config-schema.ts';

/** A place of the schema: what may stand in it, and below it. */
const nodeSchema = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  reference: z.enum(['credential', 'account', 'store']).optional(),
});
type SchemaNode = z.infer<typeof nodeSchema>;

let known: SchemaNode[] | null = null;

/** Returns the root of the configuration's schema; several nodes where one of several forms may stand. */
export function schemaRoot(): SchemaNode[] {
  known ??= formsOf(z.toJSONSchema(configSchema, { io: 'input' }));
  return known;
}

/** Returns what the schema has below a place, at a key or a number. */
function schemaBelow(nodes: readonly SchemaNode[], step: PropertyKey): SchemaNode[] {
  return nodes.flatMap(({ properties, items, additionalProperties }) =>
    typeof step === 'number'
      ? formsOf(items)
      : formsOf(
          Object.hasOwn(properties ?? {}, step) ? properties?.[String(step)] : additionalProperties,
        ),
  );
}

/** Returns what the schema has at a place of the file; several nodes where one of several forms may stand. */
export function schemaAt(path: readonly PropertyKey[]): SchemaNode[] {
  return path.reduce<SchemaNode[]>(schemaBelow, schemaRoot());
}

/** Returns the keys that may stand at a place of the file; empty where none may. */
export function keysAt(path: readonly PropertyKey[]): string[] {
  return schemaAt(path).flatMap(({ properties = {} }) => Object.keys(properties));
}

function formsOf(value: unknown): SchemaNode[] {
  const parsed = nodeSchema.safeParse(value);
  if (!parsed.success) return [];
  const { anyOf = [], allOf = [] } = parsed.data;
  return [parsed.data, ...[...anyOf, ...allOf].flatMap(formsOf)];
}
