import { z } from 'zod';
import { instantSchema } from './primitives.ts';
import { type SignalSubjectKind, signalSubjectKinds } from './signal-subjects/index.ts';

/** How much a finding matters, the least first. */
export const signalSeveritySchema = z.enum(['info', 'low', 'medium', 'high']);
export type SignalSeverity = z.infer<typeof signalSeveritySchema>;

export const signalSubjectKindSchema = z.enum(
  signalSubjectKinds as [SignalSubjectKind, ...SignalSubjectKind[]],
);

/** What a rule says in figures and short words of its own; no text from outside. */
export const signalFactsSchema = z.record(
  z.string(),
  z.union([z.number(), z.string(), z.boolean(), z.null()]),
);
export type SignalFacts = z.infer<typeof signalFactsSchema>;

/** What an assistant or a person may propose because of a finding, ready to be proposed. */
export const suggestedActionSchema = z.object({
  type: z.string(),
  payload: z.record(z.string(), z.unknown()),
  /** What it would do, in our own words. */
  why: z.string(),
});
export type SuggestedAction = z.infer<typeof suggestedActionSchema>;

/** Something that a rule found of one subject, for as long as it holds. */
export const signalFindingSchema = z.object({
  id: z.string(),
  /** The same for as long as the rule and its subject are the same. */
  fingerprint: z.string(),
  ruleId: z.string(),
  ruleVersion: z.number().int(),
  subjectKind: signalSubjectKindSchema,
  subjectId: z.string(),
  /** How people name the subject. */
  subjectKey: z.string(),
  /** What its source calls it: text from outside. */
  subjectTitle: z.string().nullable(),
  repository: z.string().nullable(),
  teamId: z.string().nullable(),
  severity: signalSeveritySchema,
  state: z.enum(['open', 'resolved']),
  /** Since when what it says is so. */
  since: instantSchema,
  /** When it was found, the last time that it came up. */
  openedAt: instantSchema,
  /** When its cause was gone; null while it is open. */
  resolvedAt: instantSchema.nullable(),
  /** How often it came up. */
  openedCount: z.number().int(),
  /** The finding in one sentence of ours. */
  sentence: z.string(),
  facts: signalFactsSchema,
  /** Ids of the stored rows that it follows from. */
  evidence: z.array(z.string()),
  /** The instant that it was last judged for: with it and the evidence the sentence comes out again. */
  judgedAt: instantSchema,
  suggestions: z.array(suggestedActionSchema),
  snoozedUntil: instantSchema.nullable(),
  isMuted: z.boolean(),
  assignedPersonId: z.string().nullable(),
});
export type SignalFinding = z.infer<typeof signalFindingSchema>;

/** What became of a finding, and by whom. */
export const signalHistoryKindSchema = z.enum([
  'opened',
  'reopened',
  'changed',
  'resolved',
  'snoozed',
  'muted',
  'unmuted',
  'assigned',
]);
export type SignalHistoryKind = z.infer<typeof signalHistoryKindSchema>;
