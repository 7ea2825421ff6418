import { AdjutantError } from '@adjutant/core';
import { bodyLimit } from 'hono/body-limit';
import { longestBodyBytes } from './routes/answers.ts';

/**
 * Refuses a body that is too long. Not for a read, which has none: looking for one would make a whole
 * request of what is only a head, which costs as much as its read.
 */
export const shortBody = bodyLimit({
  maxSize: longestBodyBytes,
  onError: () => {
    throw new AdjutantError('InvalidInput', 'The request is too large.');
  },
});
