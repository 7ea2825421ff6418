import { AdjutantError, type ConnectorContext, type Scope } from '@adjutant/core';
import type { JiraConfig } from '../config.ts';
import { readProjects } from './read-projects.ts';
import { sessionOf } from './session.ts';

/** One connector reads one site, in which numbers of issues are unique. */
const siteId = 'site';

/**
 * Yields the site, of which everything is read at once: an issue that moves from one project to
 * another stays the same issue. The projects follow, so that people see what is selected.
 */
export async function* discoverScopes(
  context: ConnectorContext<JiraConfig>,
): AsyncGenerator<Scope> {
  const projects = await readProjects(context);
  const { client, unseen } = sessionOf(context);
  if (projects.length === 0) {
    throw new AdjutantError('NotFound', `Jira shows no project ${unseen.join(', ')}.`, {
      source: 'jira',
      hint: 'Check the keys, and that the account of the token may browse the projects.',
    });
  }
  yield { externalId: siteId, name: client.rest.address.host, detail: { kind: 'site' } };
  for (const { id, key, name } of projects) {
    yield { externalId: `project:${id}`, name: `${key} (${name})`, detail: { kind: 'project' } };
  }
}

/** Whether a scope is the site, of which the streams are. */
export function isSite({ externalId }: Pick<Scope, 'externalId'>): boolean {
  return externalId === siteId;
}
