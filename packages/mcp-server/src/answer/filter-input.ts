import { AdjutantError } from '@adjutant/core/ports';
import { authorKindSchema, type MetricFilter, workTypeSchema } from '@adjutant/core/domain';
import { z } from 'zod';

const name = z.string().max(400).optional();

/**
 * What figures can be narrowed by. Lists are written with commas: as lists of names they would cost
 * every conversation as much as a tool. A chosen set of people is for people to ask about.
 */
export const filterInput = {
  service: name,
  label: name,
  work_type: name,
  authors: name,
  time_zone: name,
};
const filterSchema = z.object(filterInput);

/**
 * Returns the filter that was asked for; undefined where none was.
 * @throws AdjutantError `InvalidInput` for a type or a kind of authors that there is not
 */
export function filterOf(input: z.infer<typeof filterSchema>): MetricFilter | undefined {
  const { service, label, work_type: workTypes, authors } = input;
  const parts = {
    service,
    labels: label === undefined ? undefined : [label],
    workTypes: namesOf('work_type', workTypes, workTypeSchema),
    authors: namesOf('authors', authors, authorKindSchema),
  };
  return Object.values(parts).some((part) => part !== undefined) ? parts : undefined;
}

function namesOf<Names extends Readonly<Record<string, string>>>(
  field: string,
  text: string | undefined,
  schema: z.ZodEnum<Names>,
): Names[keyof Names][] | undefined {
  if (text === undefined) return undefined;
  const parsed = z.array(schema).safeParse(text.split(',').map((part) => part.trim()));
  if (parsed.success) return parsed.data;
  throw new AdjutantError('InvalidInput', `${field}: there is no such name.`, {
    hint: `Write one or more of ${schema.options.join(', ')}, with commas between.`,
  });
}
