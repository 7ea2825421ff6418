import type { ConnectorContext } from '@adjutant/core';
import { z } from 'zod';
import type { JiraClient } from '../client/jira-client.ts';
import type { JiraConfig } from '../config.ts';
import { sessionOf } from './session.ts';

const pageSize = 50;
const mostPages = 100;

const projectSchema = z.object({
  id: z.string().regex(/^\d{1,18}$/),
  key: z.string(),
  name: z.string().nullish(),
});
const pageSchema = z.object({
  values: z.array(z.unknown()).nullish(),
  isLast: z.boolean().nullish(),
});

export interface JiraProject {
  /** The number stays when a project is renamed. */
  id: string;
  key: string;
  name: string;
}

/** Returns the configured projects that the credential sees, asking once a pass. */
export async function readProjects(
  context: ConnectorContext<JiraConfig>,
): Promise<readonly JiraProject[]> {
  const session = sessionOf(context);
  if (session.projects !== null) return session.projects;
  const wanted = context.config.projects;
  const found = await listProjects(session.client, { keys: wanted });
  const keys = new Set(found.map(({ key }) => key));
  session.projects = found.filter(({ key }) => wanted.includes(key));
  session.unseen = wanted.filter((key) => !keys.has(key));
  return session.projects;
}

/** Returns the projects of some ids that the credential sees. */
export async function projectsById(
  client: JiraClient,
  ids: readonly string[],
): Promise<JiraProject[]> {
  return await listProjects(client, { ids });
}

type Named = { keys: readonly string[] } | { ids: readonly string[] };

async function listProjects(client: JiraClient, named: Named): Promise<JiraProject[]> {
  const found: JiraProject[] = [];
  const names = 'keys' in named ? named.keys : named.ids;
  for (let at = 0; at < names.length; at += pageSize) {
    const chunk = names.slice(at, at + pageSize);
    const asked = 'keys' in named ? { keys: chunk } : { id: chunk.map(Number) };
    for (let page = 0; page < mostPages; page += 1) {
      const { projects, isLast } = await pageOfProjects(client, asked, page);
      found.push(...projects);
      if (isLast) break;
    }
  }
  return found;
}

/** Returns one page of the projects that the credential sees; of all where none are named. */
export async function pageOfProjects(
  client: JiraClient,
  named: { keys?: string[]; id?: number[] },
  page: number,
): Promise<{ projects: JiraProject[]; isLast: boolean }> {
  const { values, isLast } = await client.ask(
    async ({ searchProjects }, jira) =>
      await searchProjects(jira, { ...named, startAt: page * pageSize, maxResults: pageSize }),
    pageSchema,
    'projects',
  );
  const list = values ?? [];
  const projects = list.flatMap(projectOf);
  return { projects, isLast: list.length < pageSize || isLast === true };
}

function projectOf(value: unknown): JiraProject[] {
  const parsed = projectSchema.safeParse(value);
  if (!parsed.success) return [];
  const { id, key, name } = parsed.data;
  return [{ id, key, name: name ?? key }];
}
