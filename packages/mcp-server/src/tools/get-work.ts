import { z } from 'zod';
import { withinBudget } from '../answer/answer-budget.ts';
import { boundedText, titleMaxCharacters } from '../answer/bounded-text.ts';
import { leanHours } from '../answer/figures.ts';
import { freshness, freshnessShape } from '../answer/freshness.ts';
import { instantText } from '../answer/instant-text.ts';
import { namedValues, namedValuesSchema } from '../answer/named-values.ts';
import { cursorOffset, offsetCursor } from '../answer/offset-cursor.ts';
import { pagingInput } from '../answer/paging-input.ts';
import { longId, shortId } from '../answer/short-id.ts';
import { defineTool, readsStoredRows } from '../define-tool.ts';

/** One piece of work with its history. */
export const getWork = defineTool({
  name: 'get_work',
  scope: 'read',
  title: 'Get work',
  description:
    'One piece of work by the id that a list gave: stage durations, events, commits and marks of coding tools (none means unknown, not human).',
  inputSchema: z.strictObject({
    id: z.string().min(1).max(400),
    cursor: pagingInput.cursor,
  }),
  outputSchema: z.object({
    ...freshnessShape,
    id: z.string(),
    kind: z.string(),
    source: z.string(),
    repository: z.string().nullable(),
    key: z.string(),
    title: z.string(),
    state: z.string(),
    author: z.string().nullable(),
    url: z.string().nullable(),
    started_at: z.string().nullable(),
    finished_at: z.string().nullable(),
    hours: z.number().nullable(),
    facts: namedValuesSchema,
    ai_evidence: z.array(
      z.object({ class: z.string(), tool: z.string().nullable(), origin: z.string() }),
    ),
    events: z.array(
      z.object({
        at: z.string(),
        kind: z.string(),
        actor: z.string().nullable(),
        state: z.string().nullable(),
      }),
    ),
    events_total: z.number(),
    commits: z.array(z.object({ sha: z.string(), subject: z.string(), committed_at: z.string() })),
    commits_total: z.number(),
    next_cursor: z.string().nullable(),
    raw_record_id: z.string().nullable(),
  }),
  annotations: readsStoredRows,
  async handler({ id, cursor }, workspace) {
    const offset = cursorOffset(cursor);
    const work = await workspace.getWork(longId(id));
    const { events, commits } = work;
    return withinBudget({ asked: undefined, byDefault: 25 }, (limit) => ({
      ...freshness(work.meta),
      id: shortId(work.id),
      kind: work.kind,
      source: work.source,
      repository: work.repository,
      key: work.key,
      title: work.title,
      state: work.state,
      author: work.author,
      url: work.url,
      started_at: instantText(work.startedAt),
      finished_at: instantText(work.finishedAt),
      hours: leanHours(work.hours),
      facts: namedValues(work.facts),
      ai_evidence: work.aiEvidence.slice(0, 20).map((mark) => ({ ...mark })),
      events: events
        .slice(offset, offset + limit)
        .map((event) => ({ ...event, at: instantText(event.at) })),
      events_total: events.length,
      commits: commits.slice(offset, offset + limit).map((commit) => ({
        sha: commit.sha.slice(0, 12),
        subject: boundedText(commit.subject, titleMaxCharacters),
        committed_at: instantText(commit.committedAt),
      })),
      commits_total: commits.length,
      next_cursor: offsetCursor(offset + limit, Math.max(events.length, commits.length)),
      raw_record_id: work.rawRecordId === null ? null : shortId(work.rawRecordId),
    }));
  },
});
