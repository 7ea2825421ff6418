import { z } from 'zod';
import { carriesMark } from './effect-mark.ts';

/** `owner/name`, as GitHub writes it. */
export const repositoryNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,100}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/, 'is written owner/name');

export const numberSchema = z.number().int().positive().max(2_147_483_647);

/** Longest body that GitHub takes, less what the mark needs. */
const longestBody = 60_000;

/** A text that leaves: bounded, without a mark of its own and without what no text needs. */
export function outgoingSchema(maxLength = longestBody): z.ZodString {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .refine((text) => !carriesMark(text), 'carries a mark that only Adjutant may set')
    .refine((text) => !/[^\P{Cc}\n\r\t]/u.test(text), 'has control characters');
}

/** One line that leaves, such as a title. */
export function outgoingLineSchema(maxLength = 250): z.ZodString {
  return outgoingSchema(maxLength).refine((text) => !/[\r\n]/.test(text), 'is one line');
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
