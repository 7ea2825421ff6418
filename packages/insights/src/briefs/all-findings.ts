import type { SignalQuery } from '@adjutant/core';
import type { SignalFinding } from '@adjutant/core/domain';
import type { BriefReader } from './brief-reader.ts';

const pageSize = 200;
const mostFindings = 2_000;

/** Returns findings of a query, all of them up to two thousand. */
export async function allFindings(
  handle: BriefReader,
  query: SignalQuery = {},
): Promise<SignalFinding[]> {
  const found: SignalFinding[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await handle.signals.list({ ...query, limit: pageSize, cursor });
    found.push(...page.items);
    if (page.nextCursor === null || found.length >= mostFindings) return found;
    cursor = page.nextCursor;
  }
}
