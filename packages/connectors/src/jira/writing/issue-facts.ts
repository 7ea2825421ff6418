import type { PreviewFact } from '@adjutant/core';
import { neutralText } from '../../writing/neutral-text.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import type { ReadIssue } from './read-issue.ts';

/** Returns what whoever decides sees of an issue. */
export function issueFacts({ key, fields }: ReadIssue): PreviewFact[] {
  return [
    plain('Issue', `${key}: ${neutralText(fields.summary ?? 'without a title')}`),
    plain('Status', neutralText(fields.status.name, 100)),
    plain('Assignee', neutralText(fields.assignee?.displayName ?? 'nobody', 100)),
    ...(isSeenByCustomers(fields)
      ? [warning('Service project', 'customers see this request on the portal')]
      : []),
    fields.security === null || fields.security === undefined
      ? warning('Readable by', 'whoever may browse the project; Jira does not say who that is')
      : plain('Readable by', 'those of its security level'),
  ];
}

/**
 * Whether customers of a portal may see what is written on an issue: those of a service project do,
 * and where Jira does not say what kind of project it is, they may.
 */
export function isSeenByCustomers({ project }: ReadIssue['fields']): boolean {
  const { projectTypeKey: kind = null } = project;
  return kind === null || kind === 'service_desk';
}
