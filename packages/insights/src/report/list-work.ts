import type { ListWorkQuery, WorkspaceHandle, WorkSummary } from '@adjutant/core';
import type { Window } from '@adjutant/core/domain';

const pageSize = 200;

/** Work read newest first, down to an instant or a bound. */
export interface ListedWork {
  items: WorkSummary[];
  /** False where reading stopped at the bound before the instant. */
  isComplete: boolean;
}

/** When a piece of work belongs in time: its end, else its beginning. */
export function instantOf(work: Pick<WorkSummary, 'finishedAt' | 'startedAt'>): number | null {
  return work.finishedAt ?? work.startedAt;
}

/** Reads work page by page, newest first, from the end of a window back to its begin, at most `maximum` pieces. */
export async function listWorkIn(
  handle: Pick<WorkspaceHandle, 'listWork'>,
  query: ListWorkQuery,
  window: Window,
  maximum: number,
): Promise<ListedWork> {
  const items: WorkSummary[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await handle.listWork({ ...query, limit: Math.min(pageSize, maximum), cursor });
    for (const item of page.items) {
      const at = instantOf(item) ?? window.from;
      if (at < window.from) return { items, isComplete: true };
      if (at >= window.to) continue;
      if (items.length === maximum) return { items, isComplete: false };
      items.push(item);
    }
    if (page.nextCursor === null || page.items.length === 0) return { items, isComplete: true };
    if (items.length >= maximum) return { items, isComplete: false };
    cursor = page.nextCursor;
  }
}
