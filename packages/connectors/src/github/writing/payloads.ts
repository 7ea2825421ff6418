import { z } from 'zod';
import { outgoingLineSchema, outgoingTextSchema } from '../../writing/outgoing-text-schema.ts';

/** `owner/name`, as GitHub writes it. */
export const repositoryNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,100}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/, 'is written owner/name');

export const numberSchema = z.number().int().positive().max(2_147_483_647);

/** Longest body that GitHub takes, less what the mark needs. */
const longestBody = 60_000;

/** A text that leaves for GitHub. */
export function outgoingSchema(maxLength = longestBody): z.ZodString {
  return outgoingTextSchema(maxLength);
}

/** Names of labels: GitHub's are at most fifty characters long. */
export const labelNamesSchema = z
  .array(outgoingLineSchema(50))
  .min(1)
  .max(20)
  .refine((names) => new Set(names).size === names.length, 'names a label twice');

export const loginSchema = z
  .string()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\[bot\])?$/, 'is the login of an account');

export const branchNameSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(
    /^(?![./-])(?!.*(?:\.\.|\/\/|@\{|\.lock$|[./]$))[A-Za-z0-9._/+@=-]+$/,
    'is no branch name',
  );
