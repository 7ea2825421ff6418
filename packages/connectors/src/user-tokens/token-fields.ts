import { z } from 'zod';

// Some vendors' tokens are signed statements, and long.
const token = z.string().regex(/^[\x21-\x7e]{1,20000}$/);
const seconds = z.number().positive().nullish();

/** The fields of an answer that all authorization servers name alike. */
export const tokenFieldsSchema = z.object({
  access_token: token,
  expires_in: seconds,
  refresh_token: token.nullish(),
  refresh_token_expires_in: seconds,
});
export type TokenFields = z.infer<typeof tokenFieldsSchema>;

/** Returns the tokens of an answer as the standard writes it, or null where it holds none. */
export function readTokenFields(data: unknown): TokenFields | null {
  const parsed = tokenFieldsSchema.safeParse(data);
  return parsed.success ? parsed.data : null;
}
