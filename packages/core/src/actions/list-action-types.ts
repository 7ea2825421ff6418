import { z } from 'zod';
import type { JsonObject } from './define-action.ts';
import type { ActionDeps } from './action-deps.ts';
import type { ActionTypeView } from './handle.ts';

const schemaSchema = z.record(z.string(), z.json());

/** Returns what can be proposed here, by name, with the schema of each payload. */
export function listActionTypes(deps: Pick<ActionDeps, 'definitions'>): ActionTypeView[] {
  return [...deps.definitions.values()]
    .map(({ id, title, risk, reversible, effectClass, inputSchema }) => ({
      id,
      title,
      risk,
      reversible,
      effectClass,
      payload: payloadSchemaOf(inputSchema),
    }))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

function payloadSchemaOf(inputSchema: z.ZodType): JsonObject {
  // What JSON Schema cannot say, such as a check across fields, is left open rather than refused.
  const { $schema: _, ...schema } = z.toJSONSchema(inputSchema, {
    io: 'input',
    unrepresentable: 'any',
  });
  return schemaSchema.parse(JSON.parse(JSON.stringify(schema)));
}
