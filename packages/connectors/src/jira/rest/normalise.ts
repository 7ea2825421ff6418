import { AdjutantError, type DomainRows } from '@adjutant/core';
import { z } from 'zod';
import type { JiraConfig } from '../config.ts';
import { mapIssue } from '../map/map-issue.ts';
import { mapSprint } from '../map/map-sprint.ts';
import { mapUser } from '../map/map-user.ts';
import { type FieldRoles, fieldRoles } from './field-roles.ts';
import { linkWordsOf } from './links-of-rest.ts';
import { issueOfRest, sprintOfRest, userOfRest } from './payload-of-rest.ts';
import {
  restFieldSchema,
  restHistorySchema,
  restIssueSchema,
  restSprintSchema,
  restStatusSchema,
  restUserSchema,
} from './rest-shapes.ts';
import { statusCategories } from './status-categories.ts';

/** What of a site a payload is read with. */
export interface JiraNormaliserPlace {
  /** Answers of `/field`: which custom fields hold estimates and sprints. */
  fields?: readonly unknown[];
  /** Answers of `/status`: what the statuses of a history mean. */
  statuses?: readonly unknown[];
  /** The field that holds the estimate, where its kind does not tell. */
  pointsField?: string;
  /** Words of links, as in the configuration. */
  linkWords?: JiraConfig['linkWords'];
}

export interface JiraNormalisers {
  /** An issue of REST, of a board or of a webhook; `histories` unless it carries its own. */
  issue(
    payload: unknown,
    place: JiraNormaliserPlace,
    extra?: { histories?: readonly unknown[] },
  ): DomainRows;
  sprint(payload: unknown): DomainRows;
  account(payload: unknown): DomainRows;
}

/**
 * From payloads of REST and of webhooks to the rows that the streams give for the same things. Each
 * throws AdjutantError `InvalidInput` for what is no payload of its kind.
 */
export const jiraNormalisers: JiraNormalisers = {
  issue(payload, place, extra) {
    const issue = read(restIssueSchema, payload);
    const given = extra?.histories ?? issue.changelog?.histories ?? null;
    const histories = given?.map((history) => read(restHistorySchema, history)) ?? null;
    const terms = {
      roles: rolesIn(place),
      categories: statusCategories(
        (place.statuses ?? []).map((status) => read(restStatusSchema, status)),
      ),
      linkWords: linkWordsOf(place.linkWords),
    };
    const record = issueOfRest(issue, histories, terms);
    if (record === null) throw unknownForm(null);
    return mapIssue(record);
  },
  sprint: (payload) => mapSprint(sprintOfRest(read(restSprintSchema, payload))),
  account: (payload) => mapUser(userOfRest(read(restUserSchema, payload))),
};

function rolesIn({ fields = [], pointsField }: JiraNormaliserPlace): FieldRoles {
  const known = fields.map((field) => read(restFieldSchema, field));
  return fieldRoles(known, { named: pointsField, estimatedBy: [] });
}

function read<Payload>(schema: z.ZodType<Payload>, payload: unknown): Payload {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw unknownForm(parsed.error);
}

function unknownForm(error: z.ZodError | null): AdjutantError {
  return new AdjutantError('InvalidInput', 'This is no such payload of Jira.', {
    source: 'jira',
    ...(error === null ? {} : { hint: z.prettifyError(error).slice(0, 300) }),
  });
}
