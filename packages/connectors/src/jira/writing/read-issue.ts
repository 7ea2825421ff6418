import { type ActionTarget, AdjutantError, type JsonObject } from '@adjutant/core';
import { z } from 'zod';
import { neutralText } from '../../writing/neutral-text.ts';
import type { RestAccess } from '../../writing/rest-access.ts';
import { siteAddress } from '../client/authorization.ts';
import type { JiraConfig } from '../config.ts';

const text = z.string().nullish();
const personSchema = z.object({ accountId: z.string(), displayName: text }).nullish();

const issueSchema = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({
    summary: text,
    project: z.object({ id: z.string(), key: z.string(), projectTypeKey: text }),
    status: z.object({ id: z.string(), name: z.string() }),
    assignee: personSchema,
    reporter: personSchema,
    security: z.object({ id: z.string() }).nullish(),
  }),
});
export type ReadIssue = z.infer<typeof issueSchema>;

/** `PAY-12`, as Jira writes it. */
export const issueKeySchema = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,254}-[1-9]\d{0,9}$/, 'is the key of an issue, such as PAY-12');

/**
 * Returns an issue by its key. @throws AdjutantError `NotFound`; `InvalidInput` for a key that the
 * issue had before, or of a project that was not selected
 */
export async function readIssue(
  access: RestAccess,
  config: Pick<JiraConfig, 'projects'>,
  key: string,
): Promise<ReadIssue> {
  requireSelected(config, key.slice(0, key.lastIndexOf('-')));
  const issue = await read(access, key);
  if (issue.key === key) return issue;
  // Whoever approves reads a key, and must be shown the one that it is.
  throw new AdjutantError('InvalidInput', `${key} is ${neutralText(issue.key, 60)} now.`, {
    source: 'jira',
    hint: 'Propose it with its new key.',
  });
}

/**
 * Returns the issue that was approved, by its number, whatever its key is now. @throws AdjutantError
 */
export async function readBoundIssue(access: RestAccess, issueId: string): Promise<ReadIssue> {
  return await read(access, issueId);
}

async function read(access: RestAccess, idOrKey: string): Promise<ReadIssue> {
  return await access.read(
    {
      method: 'GET',
      path: `/rest/api/3/issue/${encodeURIComponent(idOrKey)}`,
      query: { fields: 'summary,project,status,assignee,reporter,security' },
    },
    issueSchema,
    `issue ${idOrKey}`,
  );
}

/** @throws AdjutantError `InvalidInput` */
export function requireSelected({ projects }: Pick<JiraConfig, 'projects'>, key: string): void {
  if (projects.includes(key)) return;
  throw new AdjutantError('InvalidInput', `The project ${key} is not selected here.`, {
    source: 'jira',
    hint: `Selected are ${projects.slice(0, 20).join(', ')}.`,
  });
}

/** What of an issue a decision is bound to, whatever is done to it. */
export function boundIssue({ id, key, fields }: ReadIssue): JsonObject {
  return {
    issueId: id,
    key,
    projectId: fields.project.id,
    // Who may read what is written there.
    securityId: fields.security?.id ?? null,
  };
}

/** Returns what an action on an issue is done to. */
export function issueTarget(
  { id, key }: ReadIssue,
  config: Pick<JiraConfig, 'site'>,
): ActionTarget {
  return {
    source: 'jira',
    externalId: id,
    ref: key,
    url: issuePage(config, key),
  };
}

/** Returns the page of an issue; null where the address is that of the API, which has no pages. */
export function issuePage(config: Pick<JiraConfig, 'site'>, key: string): string | null {
  const { host, baseUrl } = siteAddress(config);
  return host === 'api.atlassian.com' ? null : `${baseUrl}/browse/${key}`;
}

/** Returns those whom Jira writes to about a change, as far as it tells. */
export function issueRecipients({ key, fields }: ReadIssue): string[] {
  const people = [fields.assignee, fields.reporter].flatMap((person) =>
    person === null || person === undefined
      ? []
      : neutralText(person.displayName ?? person.accountId, 100),
  );
  return [...new Set(people)].toSorted().concat(`watchers of ${key} (Jira does not say who here)`);
}
