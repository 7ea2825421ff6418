import type { ConnectorContext } from '@adjutant/core';
import { z } from 'zod';
import type { JiraClient } from '../client/jira-client.ts';
import type { JiraConfig } from '../config.ts';
import { estimationField, readBoards } from '../discovery/read-boards.ts';
import { sessionOf } from '../discovery/session.ts';
import { type FieldRoles, fieldRoles } from '../rest/field-roles.ts';
import type { SiteTerms } from '../rest/payload-of-rest.ts';
import { restFieldSchema, restStatusSchema } from '../rest/rest-shapes.ts';
import { linkWordsOf } from '../rest/links-of-rest.ts';
import { statusCategories } from '../rest/status-categories.ts';
import type { IssuesState } from './issues-state.ts';

/** How long what boards estimate by is taken to hold. */
const boardsHoldMs = 24 * 3_600_000;
/** One request each: more boards than these are told by the kind of the field alone. */
const mostBoards = 20;

/** Fields that are read of every issue. */
const plainFields = [
  'summary',
  'issuetype',
  'project',
  'status',
  'assignee',
  'reporter',
  'parent',
  'created',
  'updated',
  'resolutiondate',
  'statuscategorychangedate',
  'duedate',
  'security',
  'issuelinks',
];

export interface ReadTerms {
  terms: SiteTerms;
  /** Fields whose changes are asked for. */
  historyFields: readonly string[];
  /** What the next pass needs not ask for again. */
  kept: Pick<IssuesState, 'estimatedBy' | 'estimatedByReadAt' | 'roles'>;
}

/** Returns what of the site is needed to read its issues: custom fields and what statuses mean. */
export async function readTerms(
  context: ConnectorContext<JiraConfig>,
  state: IssuesState,
): Promise<ReadTerms> {
  const { client } = sessionOf(context);
  const fields = await listOf(client, 'fields', restFieldSchema);
  const statuses = await listOf(client, 'statuses', restStatusSchema);
  const estimation = await estimationOf(context, state);
  const roles = fieldRoles(fields, {
    named: context.config.pointsField,
    estimatedBy: estimation.estimatedBy,
  });
  return {
    terms: {
      roles,
      categories: statusCategories(statuses),
      linkWords: linkWordsOf(context.config.linkWords),
    },
    historyFields: ['status', 'assignee', ...customFields(roles)],
    kept: { ...estimation, roles: { ...roles, points: [...roles.points] } },
  };
}

/** Returns what is asked of each issue. */
export function fieldsOf(roles: FieldRoles): string[] {
  return [...plainFields, ...customFields(roles)];
}

function customFields({ points, sprint, flagged }: FieldRoles): string[] {
  return [...points.slice(0, 5), ...[sprint, flagged].filter((id) => id !== null)];
}

async function estimationOf(
  context: ConnectorContext<JiraConfig>,
  { estimatedBy, estimatedByReadAt }: IssuesState,
): Promise<Pick<IssuesState, 'estimatedBy' | 'estimatedByReadAt'>> {
  // Where the configuration names the field, nobody has to be asked.
  if (context.config.pointsField !== undefined) return { estimatedBy: [], estimatedByReadAt: null };
  const { client } = sessionOf(context);
  const now = client.rest.serverNow();
  if (estimatedByReadAt !== null && now - estimatedByReadAt < boardsHoldMs) {
    return { estimatedBy, estimatedByReadAt };
  }
  const found = new Set<string>();
  for (const board of (await readBoards(context)).slice(0, mostBoards)) {
    const field = await estimationField(client, board);
    if (field !== null) found.add(field);
  }
  return { estimatedBy: [...found].toSorted(), estimatedByReadAt: now };
}

async function listOf<Entry>(
  client: JiraClient,
  what: 'fields' | 'statuses',
  schema: z.ZodType<Entry>,
): Promise<Entry[]> {
  const values = await client.ask(
    async ({ getFields, getStatuses }, jira) =>
      what === 'fields' ? await getFields(jira) : await getStatuses(jira),
    z.array(z.unknown()),
    what,
  );
  return values.flatMap((value) => schema.safeParse(value).data ?? []);
}
