import * as fc from 'fast-check';
import { z } from 'zod';
import type { Schema } from './operations.ts';

const shapeSchema = z.object({
  type: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.record(z.string(), z.unknown())).optional(),
  oneOf: z.array(z.record(z.string(), z.unknown())).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  items: z.record(z.string(), z.unknown()).optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  required: z.array(z.string()).default([]),
  additionalProperties: z.unknown().optional(),
});
type Shape = z.infer<typeof shapeSchema>;

const longest = 40;
const mostItems = 3;
const optionalShare = 0.3;

/** What a named value is taken from, where a schema alone cannot know what is there. */
export type Known = Readonly<Record<string, fc.Arbitrary<unknown> | undefined>>;

/** Returns values that fit a schema; names that are known are taken from what is there. */
export function valuesOf(schema: Schema, known: Known = {}): fc.Arbitrary<unknown> {
  const shape = shapeSchema.parse(schema);
  const choices = shape.anyOf ?? shape.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => valuesOf(choice, known)));
  if ('const' in schema) return fc.constant(shape.const);
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  switch (shape.type) {
    case 'string':
      return textsOf(shape);
    case 'integer':
    case 'number':
      return fc.integer({ min: low(shape), max: high(shape) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(shape.items === undefined ? fc.jsonValue() : valuesOf(shape.items, known), {
        minLength: shape.minItems ?? 0,
        maxLength: Math.min(shape.maxItems ?? mostItems, mostItems),
      });
    case 'object':
      return objectsOf(shape, known);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

const safe = 2_000_000_000;
const low = ({ minimum = -safe }: Shape): number => Math.ceil(Math.max(minimum, -safe));
const high = ({ maximum = safe }: Shape): number => Math.floor(Math.min(maximum, safe));

function textsOf({ format, pattern, minLength = 0, maxLength = longest }: Shape) {
  if (format === 'date') return days;
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  // Letters of every kind; what is nothing but blanks is no text to some.
  return fc
    .string({
      unit: 'binary',
      minLength,
      maxLength: Math.max(minLength, Math.min(maxLength, longest)),
    })
    .map((text) => (text.trim() === '' ? 'x'.repeat(Math.max(1, minLength)) : text));
}

/** Days of two months in which something happened. */
export const days: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 55 })
  .map((day) => new Date(Date.UTC(2026, 8, 1 + day)).toISOString().slice(0, 10));

/** Objects with every required name, and each other one in three of ten cases. */
export function objectsOf(
  { properties = {}, required }: Pick<Shape, 'properties' | 'required'>,
  known: Known,
): fc.Arbitrary<Record<string, unknown>> {
  const entries = Object.entries(properties).map(([name, schema]) => {
    const values = known[name] ?? valuesOf(schema, known);
    const given = values.map((value) => ({ value }));
    if (required.includes(name)) return [name, given] as const;
    const weight = optionalShare * 10;
    return [
      name,
      fc.oneof({ weight, arbitrary: given }, { weight: 10 - weight, arbitrary: fc.constant(null) }),
    ] as const;
  });
  return fc
    .record(Object.fromEntries(entries))
    .map((all) =>
      Object.fromEntries(
        Object.entries(all).flatMap(([name, held]) => (held === null ? [] : [[name, held.value]])),
      ),
    );
}
