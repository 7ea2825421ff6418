import { z } from 'zod';
import { boundedText } from '../commits/text.ts';

const name = z.string().transform((text) => boundedText(text, 200));
const id = z.string().min(1).max(100);

/** An instant as PagerDuty writes it; anything else makes the record unreadable. */
const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is no instant');
const maybeInstant = instant.nullish().catch(null);

/** What points to a user, service or policy. */
const referenceSchema = z.object({
  id,
  type: z.string().nullish().catch(null),
  summary: name.nullish().catch(null),
});
export type Reference = z.infer<typeof referenceSchema>;
const maybeReference = referenceSchema.nullish().catch(null);

/** What happened to an incident. */
export const logEntrySchema = z.object({
  id,
  type: z.string(),
  created_at: instant,
  agent: maybeReference,
  /** PagerDuty's own line, such as who was asked; the text of a note is not in it. */
  summary: z
    .string()
    .transform((text) => boundedText(text, 300))
    .nullish()
    .catch(null),
});
export type LogEntry = z.infer<typeof logEntrySchema>;

/** The same from a list of the whole account, where it says which incident it is about. */
export const listedLogEntrySchema = logEntrySchema.extend({ incident: z.object({ id }) });

const listOf = <Item>(item: z.ZodType<Item>) => z.array(item).nullish().catch(null);

/** An incident as REST lists it: only what is used. */
export const restIncidentSchema = z.object({
  id,
  title: z.string().transform((text) => boundedText(text, 1_000)),
  status: z.string(),
  urgency: z.string().nullish().catch(null),
  priority: z.object({ summary: name.nullish(), name: name.nullish() }).nullish().catch(null),
  created_at: instant,
  resolved_at: maybeInstant,
  last_status_change_at: maybeInstant,
  /** Also moved by what changes no status, such as a note or an escalation. */
  updated_at: maybeInstant,
  html_url: z.string().max(2_000).nullish().catch(null),
  service: maybeReference,
  assignments: listOf(z.object({ assignee: maybeReference })),
  acknowledgements: listOf(z.object({ at: instant, acknowledger: maybeReference })),
  resolve_reason: z.object({ type: z.string().nullish() }).nullish().catch(null),
});
export type RestIncident = z.infer<typeof restIncidentSchema>;

/** What is kept of an incident: with what of its history is used. */
export const incidentPayloadSchema = restIncidentSchema.extend({
  /** Null where they could not be read: when it was first acknowledged is then not known. */
  log_entries: z.array(logEntrySchema).nullish(),
});
export type IncidentPayload = z.infer<typeof incidentPayloadSchema>;

export const userPayloadSchema = z.object({
  id,
  name: name.nullish().catch(null),
  email: z
    .string()
    .transform((text) => boundedText(text, 320))
    .nullish()
    .catch(null),
  time_zone: z.string().max(100).nullish().catch(null),
});
export type UserPayload = z.infer<typeof userPayloadSchema>;

/** One place of somebody who is on call. */
export const onCallSchema = z.object({
  escalation_policy: referenceSchema,
  escalation_level: z.number().int(),
  user: referenceSchema,
  end: maybeInstant,
});

/** Who is on call for an escalation policy. */
export const onCallPayloadSchema = z.object({
  id,
  name: name.nullish(),
  members: z.array(z.object({ user: referenceSchema, level: z.number().int() })),
});
export type OnCallPayload = z.infer<typeof onCallPayloadSchema>;

export const serviceSchema = z.object({
  id,
  name: name.nullish(),
  summary: name.nullish(),
  status: z.string().nullish().catch(null),
  created_at: maybeInstant,
  html_url: z.string().max(2_000).nullish().catch(null),
  escalation_policy: maybeReference,
});
export type Service = z.infer<typeof serviceSchema>;
