import { AdjutantError, type Batch, type ConnectorContext, type ReadRequest } from '@adjutant/core';
import { z } from 'zod';
import type { JiraClient } from '../client/jira-client.ts';
import type { JiraConfig } from '../config.ts';
import { type Board, deniedAsNull, readBoards } from '../discovery/read-boards.ts';
import { sessionOf } from '../discovery/session.ts';
import { sprintOfRest } from '../rest/payload-of-rest.ts';
import { type RestSprint, restSprintSchema } from '../rest/rest-shapes.ts';

const pageSize = 50;
const mostPages = 200;
/** Of those that no board lists any more; the rest waits for the next day. */
const askedOneByOne = 50;
/** A board that comes or goes shows no sign: the list is read again after a day. */
const boardsHoldMs = 24 * 3_600_000;

const stateSchema = z.object({
  version: z.literal(2),
  /** Boards that have sprints, and when they were listed. */
  boards: z.array(z.number()),
  readAt: z.number(),
  /** Sprints that were not closed when last read. */
  open: z.array(z.string()),
  /** What holds until boards are listed anew. */
  isWhole: z.boolean(),
  boardsDenied: z.boolean(),
});
type SprintsState = z.infer<typeof stateSchema>;

const pageSchema = z.object({
  values: z.array(z.unknown()).nullish(),
  isLast: z.boolean().nullish(),
});

/**
 * Reads the sprints of the boards: all when boards were listed anew, else those that are not closed
 * and those that have been closed since.
 */
export async function* readSprints(
  context: ConnectorContext<JiraConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const { client } = sessionOf(context);
  client.rest.governor.attach(request.budget);
  const parsed = stateSchema.safeParse(request.state);
  const before = parsed.success && request.mode === 'incremental' ? parsed.data : null;
  const now = client.rest.serverNow();
  const isFresh = before !== null && now - before.readAt < boardsHoldMs;
  const read = isFresh
    ? await readOpen(client, before)
    : await readAll(client, await readBoards(context), { now, request });
  const boardsDenied = isFresh ? before.boardsDenied : sessionOf(context).boardsDenied;
  const isWhole = read.isWhole && (!isFresh || before.isWhole);
  yield {
    records: read.sprints.map((sprint) => ({
      externalId: sprint.id,
      payload: sprintOfRest(sprint),
    })),
    tombstones: read.gone.toSorted(),
    state: { ...read.state, isWhole, boardsDenied },
    complete: true,
    gaps: [...(isWhole ? [] : [incompleteSprints]), ...(boardsDenied ? [boardsNotPermitted] : [])],
  };
}

interface ReadSprints {
  sprints: RestSprint[];
  /** Deleted, as Jira says of each when it is asked for by itself. */
  gone: string[];
  state: Omit<SprintsState, 'isWhole' | 'boardsDenied'>;
  isWhole: boolean;
}

async function readAll(
  client: JiraClient,
  boards: readonly Board[],
  { now, request }: { now: number; request: ReadRequest },
): Promise<ReadSprints> {
  const found = new Map<string, RestSprint>();
  const withSprints: number[] = [];
  let isWhole = true;
  for (const { id, type } of boards) {
    if (type === 'kanban') continue;
    const listed = await sprintsOf(client, id, undefined);
    if (listed === null) continue;
    withSprints.push(id);
    isWhole &&= listed.isWhole;
    for (const sprint of listed.sprints) found.set(sprint.id, sprint);
  }
  const unlisted: string[] = [];
  for await (const id of request.knownExternalIds?.() ?? []) if (!found.has(id)) unlisted.push(id);
  const gone = await addUnlisted(client, unlisted.slice(0, askedOneByOne), found);
  const sprints = [...found.values()];
  return {
    sprints,
    gone,
    state: { version: 2, boards: withSprints, readAt: now, open: openOf(sprints) },
    isWhole,
  };
}

async function readOpen(client: JiraClient, before: SprintsState): Promise<ReadSprints> {
  const found = new Map<string, RestSprint>();
  let isWhole = true;
  for (const id of before.boards) {
    const listed = await sprintsOf(client, id, 'active,future');
    if (listed === null) continue;
    isWhole &&= listed.isWhole;
    for (const sprint of listed.sprints) found.set(sprint.id, sprint);
  }
  // What was open and no longer is has been closed, or deleted.
  const unlisted = before.open.filter((open) => !found.has(open));
  const gone = await addUnlisted(client, unlisted, found);
  const sprints = [...found.values()];
  return { sprints, gone, state: { ...before, open: openOf(sprints) }, isWhole };
}

/** Adds sprints that no list has shown, and returns the ids of those that are gone. */
async function addUnlisted(
  client: JiraClient,
  ids: readonly string[],
  found: Map<string, RestSprint>,
): Promise<string[]> {
  const gone: string[] = [];
  for (const id of ids) {
    const sprint = await sprintById(client, id);
    if (sprint === 'gone') gone.push(id);
    else if (sprint !== null) found.set(id, sprint);
  }
  return gone;
}

function openOf(sprints: readonly RestSprint[]): string[] {
  return sprints
    .filter(({ state }) => state !== 'closed')
    .map(({ id }) => id)
    .toSorted();
}

/** Null where the board has no sprints at all. */
async function sprintsOf(
  client: JiraClient,
  boardId: number,
  state: string | undefined,
): Promise<{ sprints: RestSprint[]; isWhole: boolean } | null> {
  const sprints: RestSprint[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await client
      .ask(
        async ({ getAllSprints }, jira) =>
          await getAllSprints(jira, {
            boardId,
            startAt: page * pageSize,
            maxResults: pageSize,
            ...(state === undefined ? {} : { state }),
          }),
        pageSchema,
        'sprints',
      )
      .catch(withoutSprints);
    if (answer === null) return null;
    const values = answer.values ?? [];
    sprints.push(...values.flatMap((value) => restSprintSchema.safeParse(value).data ?? []));
    if (values.length === 0 || answer.isLast === true) return { sprints, isWhole: true };
  }
  return { sprints, isWhole: false };
}

/** A board without sprints says so with 400; one that is gone or closed to us gives none either. */
function withoutSprints(error: unknown): null {
  if (AdjutantError.isInstance(error) && error.status === 400) return null;
  return deniedAsNull(error);
}

/** Null where it may not be seen; what was deleted is gone. */
async function sprintById(client: JiraClient, id: string): Promise<RestSprint | 'gone' | null> {
  try {
    return await client.ask(
      async ({ getSprint }, jira) => await getSprint(jira, { sprintId: Number(id) }),
      restSprintSchema,
      'a sprint',
    );
  } catch (error) {
    if (AdjutantError.isInstance(error) && error.code === 'NotFound') return 'gone';
    return withoutSprints(error);
  }
}

const boardsNotPermitted = {
  code: 'boards_not_permitted',
  message:
    'The credential may not see boards: there are no sprints, and which field holds estimates is told by its kind alone.',
  affectedCount: null,
};

const incompleteSprints = {
  code: 'sprints_incomplete',
  message: 'A board has more sprints than are read; the oldest are here.',
  affectedCount: null,
};
