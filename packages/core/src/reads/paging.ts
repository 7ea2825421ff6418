import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import { parseOutsideJson } from '../parse-outside-json.ts';

const cursorSchema = z.object({ offset: z.number().int().nonnegative() });

/** Largest page that a caller may ask for. */
const maxPageSize = 200;
const defaultPageSize = 50;

/** Returns the offset that an opaque cursor stands for. @throws AdjutantError `InvalidInput` */
export function readCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  try {
    const json = Buffer.from(cursor, 'base64url').toString('utf8');
    return cursorSchema.parse(parseOutsideJson(json)).offset;
  } catch (cause) {
    throw new AdjutantError('InvalidInput', 'The cursor is not one that this program gave out.', {
      hint: 'Leave the cursor out to begin at the first page.',
      cause,
    });
  }
}

/** Returns the cursor of the next page, or null where this one is the last. */
export function nextCursor(offset: number, returned: number, total: number): string | null {
  const next = offset + returned;
  if (returned === 0 || next >= total) return null;
  return Buffer.from(JSON.stringify({ offset: next })).toString('base64url');
}

/** Returns a page size within bounds. @throws AdjutantError `InvalidInput` */
export function readLimit(limit: number | undefined): number {
  if (limit === undefined) return defaultPageSize;
  if (!Number.isInteger(limit) || limit < 1) {
    throw new AdjutantError('InvalidInput', 'The page size must be a whole number above 0.');
  }
  return Math.min(limit, maxPageSize);
}
