import { z } from 'zod';

const nonEmpty = z.string().trim().min(1, 'must not be empty').max(1_000, 'is too long');

const deploymentsSchema = z.strictObject({
  tags: nonEmpty,
  environment: nonEmpty.default('production'),
});

const gitSchema = z.strictObject({
  repositories: z.array(nonEmpty).min(1, 'names no repository').max(10_000),
  deployments: deploymentsSchema.optional(),
});

const teamSchema = z.strictObject({
  key: nonEmpty.regex(/^[a-z0-9][a-z0-9._-]*$/i, 'may hold letters, digits, ".", "_" and "-"'),
  name: nonEmpty,
  repositories: z.array(nonEmpty).default([]),
});

const accountSchema = nonEmpty.regex(
  /^[a-z][a-z0-9-]*:.+$/,
  'is written "source:id", such as git:ada@example.com',
);

const personSchema = z.strictObject({ name: nonEmpty, accounts: z.array(accountSchema).min(1) });

/** The form of adjutant.config.yaml. */
export const configSchema = z.strictObject({
  store: nonEmpty.default('file:.adjutant/adjutant.db'),
  connectors: z.strictObject({ git: gitSchema.optional() }).default({}),
  teams: z.array(teamSchema).default([]),
  people: z.array(personSchema).default([]),
});
export type Config = z.infer<typeof configSchema>;

/** Returns the keys that may stand at a place of the file; empty where none may. */
export function keysAt(path: readonly PropertyKey[]): string[] {
  let schema: z.ZodType | undefined = configSchema;
  for (const step of path) {
    schema = unwrapped(schema);
    if (schema instanceof z.ZodArray) schema = schema.element as z.ZodType;
    else if (schema instanceof z.ZodObject) {
      schema = (schema.shape as Record<string, z.ZodType>)[String(step)];
    } else return [];
  }
  const found = unwrapped(schema);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

function unwrapped(schema: z.ZodType | undefined): z.ZodType | undefined {
  let current = schema;
  while (current instanceof z.ZodOptional || current instanceof z.ZodDefault) {
    current = current.unwrap() as z.ZodType;
  }
  return current;
}
