import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';

/** Returns what was typed, checked. @throws AdjutantError `InvalidInput` naming the argument */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? 'input').replace(
    /[A-Z]/g,
    (letter) => `-${letter.toLowerCase()}`,
  );
  throw new AdjutantError(
    'InvalidInput',
    `"${name}" is wrong: ${issue?.message ?? 'not understood'}.`,
    {
      hint: 'Add --help to see what the command takes.',
    },
  );
}

const mostDays = 3_660;

/** A number of days as typed. */
export const daysSchema = z
  .string()
  .regex(/^\d{1,4}$/, `write a whole number of days from 1 to ${mostDays}`)
  .transform(Number)
  .refine(
    (days) => days >= 1 && days <= mostDays,
    `write a whole number of days from 1 to ${mostDays}`,
  );
