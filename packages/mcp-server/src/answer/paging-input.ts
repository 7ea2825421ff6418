import { z } from 'zod';

/** How many rows a caller may ask for at once. */
const maxLimit = 200;

/** The two inputs of every answer that has pages. */
export const pagingInput = {
  limit: z.int().min(1).max(maxLimit).optional(),
  cursor: z.string().max(2_000).optional().describe('next_cursor of the last answer'),
};
