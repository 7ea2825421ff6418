import type { WebhookHint } from '@adjutant/core';
import { z } from 'zod';

const id = z.union([z.string().regex(/^\d{1,18}$/), z.number().int().positive()]).transform(String);

const deliverySchema = z.object({
  issue: z
    .object({ fields: z.object({ project: z.object({ id }).nullish().catch(null) }).nullish() })
    .nullish()
    .catch(null),
});

/** The streams in which an event says something has changed. */
const streamsOf: Readonly<Record<string, readonly string[]>> = {
  'jira:issue_created': ['issues'],
  'jira:issue_updated': ['issues'],
  'jira:issue_deleted': ['issues'],
  issuelink_created: ['issues'],
  issuelink_deleted: ['issues'],
  sprint_created: ['sprints'],
  sprint_updated: ['sprints'],
  sprint_started: ['sprints'],
  sprint_closed: ['sprints'],
  sprint_deleted: ['sprints'],
  board_created: ['sprints'],
  board_updated: ['sprints'],
  board_deleted: ['sprints'],
  user_created: ['users'],
  user_updated: ['users'],
  user_deleted: ['users'],
};

/** Returns what a delivery says to look at; nothing where it is of what is not read. */
export function hintsOf(event: string, payload: unknown): readonly WebhookHint[] {
  const streams = Object.hasOwn(streamsOf, event) ? (streamsOf[event] ?? []) : [];
  const parsed = deliverySchema.safeParse(payload);
  const project = parsed.success ? parsed.data.issue?.fields?.project?.id : undefined;
  return streams.map((stream) => ({
    scopeExternalId: 'site',
    stream,
    ...(project === undefined ? {} : { aboutExternalId: `project:${project}` }),
  }));
}
