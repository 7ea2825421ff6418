import { AdjutantError, type ConnectorContext } from '@adjutant/core';
import { z } from 'zod';
import type { JiraClient } from '../client/jira-client.ts';
import type { JiraConfig } from '../config.ts';
import { readProjects } from './read-projects.ts';
import { sessionOf } from './session.ts';

const pageSize = 50;
const mostPages = 40;

const boardSchema = z.object({ id: z.number().int(), type: z.string().nullish() });
const pageSchema = z.object({
  values: z.array(z.unknown()).nullish(),
  isLast: z.boolean().nullish(),
});
const configurationSchema = z.object({
  estimation: z
    .object({
      type: z.string().nullish(),
      field: z.object({ fieldId: z.string().nullish() }).nullish(),
    })
    .nullish(),
});

export interface Board {
  id: number;
  /** `scrum`, `kanban`, or `simple` where a team manages its project itself. */
  type: string;
}

/**
 * Returns the boards of the configured projects, asking once a pass; none where Jira has no boards or
 * the credential may not see them.
 */
export async function readBoards(context: ConnectorContext<JiraConfig>): Promise<readonly Board[]> {
  const session = sessionOf(context);
  if (session.boards !== null) return session.boards;
  const boards = new Map<number, Board>();
  for (const { id } of await readProjects(context)) {
    const found = await boardsOf(session.client, id).catch(deniedAsNull);
    if (found === null) session.boardsDenied = true;
    for (const board of found ?? []) boards.set(board.id, board);
  }
  session.boards = [...boards.values()].toSorted((one, other) => one.id - other.id);
  return session.boards;
}

async function boardsOf(client: JiraClient, projectId: string): Promise<Board[]> {
  const found: Board[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const { values, isLast } = await client.ask(
      async ({ getAllBoards }, jira) =>
        await getAllBoards(jira, {
          projectKeyOrId: projectId,
          startAt: page * pageSize,
          maxResults: pageSize,
        }),
      pageSchema,
      'boards',
    );
    const list = values ?? [];
    found.push(...list.flatMap(boardOf));
    if (list.length < pageSize || isLast === true) break;
  }
  return found;
}

function boardOf(value: unknown): Board[] {
  const parsed = boardSchema.safeParse(value);
  return parsed.success ? [{ id: parsed.data.id, type: parsed.data.type ?? '' }] : [];
}

/** Returns the field that a board estimates by; null where it counts issues or may not be read. */
export async function estimationField(client: JiraClient, board: Board): Promise<string | null> {
  try {
    const { estimation } = await client.ask(
      async ({ getConfiguration }, jira) => await getConfiguration(jira, { boardId: board.id }),
      configurationSchema,
      'the configuration of a board',
    );
    const fieldId = estimation?.field?.fieldId ?? '';
    // A board may also estimate by time, which is no number of points.
    return estimation?.type === 'field' && /^customfield_\d+$/.test(fieldId) ? fieldId : null;
  } catch (error) {
    return deniedAsNull(error);
  }
}

/**
 * A token that lacks the scope for boards is answered with 401, as if it were none at all; that it is
 * one the projects have shown.
 */
export function deniedAsNull(error: unknown): null {
  const denials = new Set(['Permission', 'NotFound', 'Authentication']);
  if (AdjutantError.isInstance(error) && denials.has(error.code)) return null;
  throw error;
}
