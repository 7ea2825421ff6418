import { z } from 'zod';
import { instantSchema } from '../primitives.ts';

/** What every subject of a rule has, whatever it is. Text from outside stands in `title` alone. */
export const subjectFields = {
  id: z.string().describe('Its own id: of the row, or of the group that is looked at as one'),
  key: z.string().describe('How people name it: shop#12, PAY-7, a team, a pipeline'),
  title: z.string().nullable().describe('What its source calls it: text from outside'),
  repository: z.string().nullable().describe('The repository that it belongs to'),
  teamId: z.string().nullable().describe('The team that owns it; none where nobody does'),
  asOf: instantSchema.describe('The instant that it is judged for'),
  evidence: z
    .array(z.string())
    .describe('Ids of the stored rows from which the rest can be computed again'),
};

/** What names a thing at its source, for whoever proposes to change it there. */
export const sourceFields = {
  source: z.string().describe('The source that shows it: github, git …'),
  fullName: z
    .string()
    .nullable()
    .describe('The repository in full, as its source writes it: acme/shop; text from outside'),
};

/** A whole number that may not be known. */
export const countField = z.number().int().nonnegative().nullable();
/** Elapsed time that may not be known. @unit hours */
export const hoursField = z.number().nonnegative().nullable();
/** A share from 0 to 1 that may not be known. */
export const shareField = z.number().nullable();
export const instantField = instantSchema.nullable();
