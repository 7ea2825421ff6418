import type { SourceStatus } from '@adjutant/core';
import { z } from 'zod';
import { withinBudget } from '../answer/answer-budget.ts';
import { hoursBefore } from '../answer/figures.ts';
import { freshnessShape, freshnessWith, mergeGaps } from '../answer/freshness.ts';
import { cursorOffset, offsetCursor } from '../answer/offset-cursor.ts';
import { pagingInput } from '../answer/paging-input.ts';
import { workerSchema } from '../answer/worker.ts';
import { defineTool } from '../define-tool.ts';

const refreshSchema = z.enum(['requested', 'already_pending', 'pending', 'none']);

/** How fresh and how complete the stored rows are; may ask for fresher ones. */
export const getSyncStatus = defineTool({
  name: 'get_sync_status',
  scope: 'read',
  title: 'Get sync status',
  description:
    'How fresh and complete the data is, per stream, with every gap. refresh asks the worker for newer data; where none runs, worker.start is the command for the user.',
  inputSchema: z.strictObject({
    refresh: z.boolean().optional(),
    cursor: pagingInput.cursor,
  }),
  outputSchema: z.object({
    ...freshnessShape,
    streams: z.array(
      z.object({
        source: z.string(),
        scope: z.string(),
        stream: z.string(),
        complete: z.boolean(),
        synced_hours_ago: z.number().nullable(),
        last_error: z.string().nullable(),
      }),
    ),
    streams_total: z.number(),
    sources: z.array(
      z.object({
        source: z.string(),
        requests: z.number(),
        quota_left: z.number().nullable(),
        waits_until: z.string().nullable(),
        notice: z.string().nullable(),
      }),
    ),
    next_cursor: z.string().nullable(),
    rows: z.record(z.string(), z.number()),
    refresh: refreshSchema,
    worker: workerSchema,
  }),
  // A refresh writes one request row and leads the worker to read the configured sources.
  annotations: {
    readOnlyHint: false,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: true,
  },
  // Asking for fresh data is more than looking, as POST /v1/sync/refresh has it.
  scopeOf: ({ refresh }) => (refresh === true ? 'propose' : 'read'),
  async handler({ refresh, cursor }, workspace) {
    const offset = cursorOffset(cursor);
    const request = refresh === true ? await workspace.requestRefresh() : null;
    const status = await workspace.syncStatus();
    const { streams, meta } = status;
    const gaps = mergeGaps(meta.gaps);
    return withinBudget({ asked: undefined, byDefault: 30 }, (limit) => {
      const end = offset + limit;
      return {
        ...freshnessWith(meta, gaps.slice(offset, end)),
        streams: streams.slice(offset, end).map((stream) => ({
          source: stream.source,
          scope: stream.scope,
          stream: stream.stream,
          complete: stream.complete,
          synced_hours_ago: hoursBefore(stream.lastFinishedAt, meta.asOf),
          last_error: stream.lastError,
        })),
        streams_total: streams.length,
        // What is said of a source is said once, on the first page.
        sources: offset === 0 ? status.sources.map(sourceLine) : [],
        next_cursor: offsetCursor(end, Math.max(streams.length, gaps.length)),
        rows: status.rowCounts,
        refresh: refreshState(request, status.pendingRefresh),
        worker: status.worker,
      };
    });
  },
});

function sourceLine({ source, requests, quotaRemaining, waitsUntil, notice }: SourceStatus) {
  return {
    source,
    requests,
    quota_left: quotaRemaining,
    waits_until: waitsUntil === null ? null : new Date(waitsUntil).toISOString(),
    notice: notice === null ? null : [notice.message, notice.hint ?? ''].join(' ').trim(),
  };
}

function refreshState(
  request: { alreadyPending: boolean } | null,
  isPending: boolean,
): z.infer<typeof refreshSchema> {
  if (request !== null) return request.alreadyPending ? 'already_pending' : 'requested';
  return isPending ? 'pending' : 'none';
}
