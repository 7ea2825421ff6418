import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { pullRequestEventSchema } from '../../domain/pull-request-event.ts';
import { readColumns } from '../../store/json-columns.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';

const requestsAtOnce = 200;
const kindSchema = pullRequestEventSchema.shape.kind.or(z.literal('commit'));

/** Something that happened to a pull request, or a commit that was put on it. */
export interface ReviewEvent {
  /** Null of a commit that is known by its pull request alone: the row of that one stands for it. */
  id: string | null;
  kind: z.infer<typeof kindSchema>;
  state: string | null;
  at: number;
  actor: string | null;
  subject: string | null;
  /** Of a program, or of nobody known. */
  isByBot: boolean;
}

/** Returns what happened to pull requests, the earliest first, under the key of each. */
export async function loadReviewEvents(
  context: SubjectContext,
  requests: readonly { source: string; externalId: string }[],
): Promise<Map<string, ReviewEvent[]>> {
  const accounts = await context.accounts();
  const found = new Map<string, ReviewEvent[]>();
  const bySource = Map.groupBy(requests, ({ source }) => source);
  for (const [source, ofSource] of bySource) {
    for (let start = 0; start < ofSource.length; start += requestsAtOnce) {
      const ids = ofSource.slice(start, start + requestsAtOnce).map(({ externalId }) => externalId);
      const columns = await readColumns(
        context.read.store.read,
        ['id', 'request', 'kind', 'state', 'at', 'actor', 'subject'],
        eventsOf(context.read.workspaceId, source, JSON.stringify(ids)),
      );
      const [
        eventIds = [],
        of = [],
        kinds = [],
        states = [],
        ats = [],
        actors = [],
        subjects = [],
      ] = columns;
      for (const [position, id] of eventIds.entries()) {
        const actor = textOf(actors[position]);
        const key = keyOf(source, String(of[position]));
        const event: ReviewEvent = {
          id: textOf(id),
          kind: kindSchema.parse(kinds[position]),
          state: textOf(states[position]),
          at: Number(ats[position]),
          actor,
          subject: textOf(subjects[position]),
          isByBot: accounts.get(keyOf(source, actor))?.isBot ?? true,
        };
        const list = found.get(key);
        if (list === undefined) found.set(key, [event]);
        else list.push(event);
      }
      await yieldToEventLoop();
    }
  }
  return found;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Commits count as of when they were committed: a branch that is rebased has new work on it. */
function eventsOf(workspaceId: string, source: string, ids: string) {
  return sql`select id, request, kind, state, at, actor, subject from (
    select e.id, e.pull_request_external_id as request, e.kind, e.state, e.at,
      e.actor_account_external_id as actor, e.subject_account_external_id as subject
    from json_each(${ids}) asked cross join pull_request_events e
      on e.workspace_id = ${workspaceId} and e.source = ${source}
      and e.pull_request_external_id = asked.value
    union all
    select c.id, l.pull_request_external_id, 'commit', null,
      coalesce(l.committed_at, c.committed_at), c.author_account_external_id, null
    from json_each(${ids}) asked cross join pull_request_commits l
      on l.workspace_id = ${workspaceId} and l.source = ${source}
      and l.pull_request_external_id = asked.value
    left join commits c on c.workspace_id = l.workspace_id and c.source = l.source
      and c.repository_external_id = l.repository_external_id and c.sha = l.sha
    where coalesce(l.committed_at, c.committed_at) is not null
  ) order by at, id`;
}
