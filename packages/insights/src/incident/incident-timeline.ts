import { suggestedActionSchema } from '@adjutant/core/domain';
import { z } from 'zod';

/** One thing that happened, with the rows that say so. No line names who wrote a change. */
export const timelineLineSchema = z.object({
  at: z.number(),
  kind: z.enum(['event', 'deployment', 'merge', 'thread', 'begin', 'end']),
  text: z.string(),
  /** Text from outside: what a source calls it, or says of it. */
  title: z.string().nullable(),
  url: z.string().nullable(),
  evidence: z.array(z.string()).min(1),
});
export type TimelineLine = z.infer<typeof timelineLineSchema>;

/** A deployment from which an incident may come, and why. A change is suspected, never a person. */
export const suspectDeploymentSchema = z.object({
  id: z.string(),
  /** What was deployed where: `shop to production`. */
  name: z.string(),
  finishedAt: z.number(),
  /** The weightiest first. */
  reasons: z.array(z.string()).min(1),
  evidence: z.array(z.string()).min(1),
});
export type SuspectDeployment = z.infer<typeof suspectDeploymentSchema>;

const personSchema = z.object({ personId: z.string(), displayName: z.string() });

/** What is known of an incident: its course, what it may come from, who does what about it. */
export const incidentTimelineSchema = z.object({
  id: z.string(),
  key: z.string(),
  /** Text from outside. */
  title: z.string(),
  service: z.string().nullable(),
  severity: z.string().nullable(),
  isExternal: z.boolean(),
  createdAt: z.number(),
  acknowledgedAt: z.number().nullable(),
  resolvedAt: z.number().nullable(),
  asOf: z.number(),
  lines: z.array(timelineLineSchema),
  suspects: z.array(suspectDeploymentSchema),
  roles: z.array(personSchema.extend({ role: z.enum(['lead', 'communication', 'scribe']) })),
  followUps: z.array(
    z.object({
      id: z.string(),
      reference: z.string(),
      isOpen: z.boolean().nullable(),
      owner: personSchema.nullable(),
      dueDay: z.string().nullable(),
    }),
  ),
  openQuestions: z.array(z.string()),
  proposals: z.array(suggestedActionSchema),
});
export type IncidentTimeline = z.infer<typeof incidentTimelineSchema>;
