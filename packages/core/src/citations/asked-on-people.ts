import { z } from 'zod';

const filteredSchema = z.looseObject({
  filter: z.looseObject({ people: z.unknown().optional(), labels: z.unknown().optional() }),
});

/** Returns whether a question names people: who was chosen is nobody's to read again later. */
export function namesPeople(question: unknown): boolean {
  return filteredSchema.safeParse(question).data?.filter.people !== undefined;
}

/** Returns whether the answer may be one on people, as a label may be one person's. */
export function mayBeOnPeople(question: unknown): boolean {
  const { data } = filteredSchema.safeParse(question);
  return data?.filter.people !== undefined || data?.filter.labels !== undefined;
}
