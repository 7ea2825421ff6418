import { signalSeveritySchema, suggestedActionSchema, windowSchema } from '@adjutant/core/domain';
import { z } from 'zod';

/** The kinds of brief. */
export const briefKindSchema = z.enum([
  'today',
  'standup',
  'sprint',
  'weekly',
  'agenda',
  'retrospective',
  'triage',
  'incident',
]);
export type BriefKind = z.infer<typeof briefKindSchema>;

/** What a line is about: a piece of work as its source names it. */
const briefSubjectSchema = z.object({
  id: z.string(),
  key: z.string(),
  /** Text from outside. */
  title: z.string().nullable(),
  /** A page of a known host; null where none is known. */
  url: z.string().nullable(),
});

/** One sentence of ours with the rows that it follows from. */
export const briefLineSchema = z.object({
  text: z.string(),
  about: briefSubjectSchema.nullable(),
  /** Since when it is so; null where that says nothing. */
  since: z.number().nullable(),
  severity: signalSeveritySchema.nullable(),
  /** Ids of rows, of citations (`citation:…`) or of gaps (`gap:…`): never empty. */
  evidence: z.array(z.string()).min(1),
  findingId: z.string().nullable(),
  suggestions: z.array(suggestedActionSchema),
});
export type BriefLine = z.infer<typeof briefLineSchema>;

export const briefSectionSchema = z.object({
  id: z.string(),
  title: z.string(),
  lines: z.array(briefLineSchema),
  /** How many there are, those that are not shown included. */
  total: z.number().int(),
  /** What stands where there is no line. */
  empty: z.string(),
});
export type BriefSection = z.infer<typeof briefSectionSchema>;

/** What somebody should know, in the order in which it matters. Made of templates, the same each time. */
export const briefSchema = z.object({
  kind: briefKindSchema,
  title: z.string(),
  team: z.string().nullable(),
  asOf: z.number(),
  /** When a source was last read; null before the first time. */
  syncedAt: z.number().nullable(),
  window: windowSchema,
  timeZone: z.string(),
  sections: z.array(briefSectionSchema),
  /** Headings for somebody who takes notes; empty where nobody does. */
  notes: z.array(z.string()),
  /** What the brief cannot see, a sentence each. */
  missing: z.array(z.string()),
});
export type Brief = z.infer<typeof briefSchema>;

/** Returns a section with the first of its lines. */
export function sectionOf(
  id: string,
  title: string,
  lines: readonly BriefLine[],
  { most = 7, empty = 'Nothing.' }: { most?: number; empty?: string } = {},
): BriefSection {
  return { id, title, lines: lines.slice(0, most), total: lines.length, empty };
}

/** Returns a line; what is left out is not known of it. */
export function lineOf(line: Pick<BriefLine, 'text' | 'evidence'> & Partial<BriefLine>): BriefLine {
  return {
    about: null,
    since: null,
    severity: null,
    findingId: null,
    suggestions: [],
    ...line,
  };
}
