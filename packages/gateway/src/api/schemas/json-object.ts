import type { JsonObject, JsonValue } from '@adjutant/core';
import { z } from 'zod';

// A schema that names itself has no place in a document of many schemas; anything in JSON is one.
const jsonValueSchema = z.custom<JsonValue>((value) => value !== undefined);

/** An object of JSON, with whatever names. */
export const jsonObjectSchema = z
  .record(z.string(), jsonValueSchema)
  .readonly() satisfies z.ZodType<JsonObject>;
