import { type SQL, sql } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { z } from 'zod';
import { signalFindingSchema } from '../domain/signal.ts';

/** How a value stands in a column as JSON text. */
export const jsonText = z.string().transform((text): unknown => JSON.parse(text));
const { shape } = signalFindingSchema;

/** How a flag stands in a column. */
export const flag = z.number().transform((value) => value === 1);

/** A finding as its row has it: lists and facts as JSON text. */
export const storedFindingSchema = signalFindingSchema.omit({ isMuted: true }).extend({
  facts: jsonText.pipe(shape.facts),
  evidence: jsonText.pipe(shape.evidence),
  suggestions: jsonText.pipe(shape.suggestions),
});

/** Returns columns of `signal_findings f`, each under its name in a schema. */
export function findingColumns(names: readonly string[]): SQL {
  return sql.raw(names.map((name) => `f.${toSnakeCase(name)} as "${name}"`).join(', '));
}
