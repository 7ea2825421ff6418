import { z } from 'zod';

/** A JSON Schema as a client sees it. */
export type AdvertisedSchema = { type: 'object' } & Record<string, unknown>;

// What validation needs and a reader does not: every model that lists the tools pays for it.
const forValidationOnly = ['$schema', 'pattern', 'minLength', 'maxLength'];
// In an answer every field is present; naming each a second time says nothing more to a reader.
const notInOutput = [...forValidationOnly, 'required'];
const defaultBounds = new Set<unknown>([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]);

/** Returns the JSON Schema of a tool's input or output without what only validation needs. */
export function advertiseSchema(schema: z.ZodObject, io: 'input' | 'output'): AdvertisedSchema {
  const dropped = new Set(io === 'input' ? forValidationOnly : notInOutput);
  return {
    ...leanSchema(z.toJSONSchema(schema, { io, reused: 'inline' }), dropped),
    type: 'object',
  };
}

function leanSchema(schema: object, dropped: ReadonlySet<string>): Record<string, unknown> {
  const lean: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (dropped.has(keyword) || defaultBounds.has(value)) continue;
    if (keyword === 'additionalProperties' && value === false) continue;
    if (keyword === 'propertyNames') continue;
    if (keyword === 'anyOf') Object.assign(lean, leanUnion(value, dropped));
    else if (keyword === 'properties') lean[keyword] = leanProperties(value, dropped);
    else lean[keyword] = isObject(value) ? leanSchema(value, dropped) : value;
  }
  return lean;
}

function leanProperties(properties: unknown, dropped: ReadonlySet<string>): object {
  const entries = Object.entries(isObject(properties) ? properties : {});
  return Object.fromEntries(
    entries.map(([name, value]) => [name, isObject(value) ? leanSchema(value, dropped) : value]),
  );
}

/** `anyOf` of plain types says the same as a list of types, in half the tokens. */
function leanUnion(options: unknown, dropped: ReadonlySet<string>): Record<string, unknown> {
  const schemas = (Array.isArray(options) ? options : [])
    .filter(isObject)
    .map((option) => leanSchema(option, dropped));
  const types = schemas.map((schema) => schema['type']);
  const isPlain = schemas.every((schema) => Object.keys(schema).length === 1);
  return isPlain && types.every((type) => typeof type === 'string')
    ? { type: types }
    : { anyOf: schemas };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
