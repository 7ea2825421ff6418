import type { IncidentCourse, IncidentSummary, NearDeployment, NearThread } from '@adjutant/core';
import {
  calendarDaySchema,
  deploymentSchema,
  incidentEventSchema,
  incidentRoleSchema,
  incidentSchema,
  instantSchema,
} from '@adjutant/core/domain';
import { z } from 'zod';
import { answerMetaSchema } from './answer-meta.ts';

/** An incident as a list shows it. */
export const incidentSummarySchema = z.object({
  id: z.string(),
  key: z.string(),
  title: z.string(),
  service: z.string().nullable(),
  severity: z.string().nullable(),
  createdAt: instantSchema,
  acknowledgedAt: instantSchema.nullable(),
  resolvedAt: instantSchema.nullable(),
}) satisfies z.ZodType<IncidentSummary>;

const deploymentSummarySchema = deploymentSchema
  .omit({ previousExternalId: true })
  .extend({ id: z.string() });

const nearDeploymentSchema = deploymentSummarySchema.extend({
  repository: z.string().nullable(),
  isProduction: z.boolean(),
  isOfService: z.boolean().nullable(),
  isNamed: z.boolean(),
  previousAt: instantSchema.nullable(),
  previous: deploymentSummarySchema.nullable(),
  commitIds: z.array(z.string()),
  requests: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      title: z.string(),
      mergedAt: instantSchema.nullable(),
      sizeLines: z.number().int().nullable(),
      isRevert: z.boolean(),
    }),
  ),
}) satisfies z.ZodType<NearDeployment>;

const nearThreadSchema = z.object({
  id: z.string(),
  channelId: z.string(),
  channel: z.string(),
  startedAt: instantSchema,
  replyCount: z.number().int().nullable(),
  namesBlocker: z.boolean(),
  url: z.string().nullable(),
}) satisfies z.ZodType<NearThread>;

/** Everything that is known of an incident. */
export const incidentCourseSchema = z.object({
  incident: incidentSchema.extend({ id: z.string() }),
  events: z.array(
    incidentEventSchema.pick({ kind: true, at: true, summary: true }).extend({ id: z.string() }),
  ),
  deployments: z.array(nearDeploymentSchema),
  hasMoreDeployments: z.boolean(),
  threads: z.array(nearThreadSchema),
  roles: z.array(
    z.object({
      role: incidentRoleSchema,
      personId: z.string(),
      displayName: z.string(),
      givenAt: instantSchema,
    }),
  ),
  followUps: z.array(
    z.object({
      id: z.string(),
      reference: z.string(),
      workItemId: z.string().nullable(),
      isOpen: z.boolean().nullable(),
      owner: z.object({ personId: z.string(), displayName: z.string() }).nullable(),
      dueDay: calendarDaySchema.nullable(),
    }),
  ),
  meta: answerMetaSchema,
}) satisfies z.ZodType<IncidentCourse>;
