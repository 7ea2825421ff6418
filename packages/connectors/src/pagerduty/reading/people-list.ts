import { AdjutantError, type Batch, type ReadRequest, type SourceRecord } from '@adjutant/core';
import { z } from 'zod';
import { type ListQuery, readList } from '../client/list-pages.ts';
import type { Session } from '../session.ts';

const stateSchema = z.object({ readAt: z.number(), staleAt: z.number() });

/** A list of people of the account, small enough to be read as a whole. */
export interface PeopleList {
  query: ListQuery;
  /** What it is called in a gap. */
  plural: string;
  /** How long it is good for. @unit milliseconds */
  freshForMs: number;
  /** Returns its records, how many things in it could not be read, and when it changes by itself. */
  toRecords(items: readonly unknown[]): {
    records: SourceRecord[];
    lost: number;
    changesAt: number | null;
  };
}

/** Reads a list of people whole, where it is older than it may be. */
export async function* readPeopleList(
  list: PeopleList,
  session: Session,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const { client } = session;
  client.governor.attach(request.budget);
  const now = client.serverNow();
  const before = stateSchema.safeParse(request.state);
  if (before.success && request.mode === 'incremental' && now < before.data.staleAt) {
    yield { records: [], tombstones: [], state: before.data, complete: true, gaps: [] };
    return;
  }
  let read: Awaited<ReturnType<typeof readList>>;
  try {
    read = await readList(client, list.query);
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.code !== 'Permission') throw error;
    const gaps = [deniedGap(list.plural)];
    yield { records: [], tombstones: [], state: request.state ?? {}, complete: true, gaps };
    return;
  }
  const { records, lost, changesAt } = list.toRecords(read.items);
  const isWhole = lost === 0 && !read.isCutOff;
  const gone = new Set<string>();
  // What a damaged list does not show may still be there.
  if (isWhole) for await (const id of request.knownExternalIds?.() ?? []) gone.add(id);
  for (const { externalId } of records) gone.delete(externalId);
  const staleAt = Math.min(now + list.freshForMs, changesAt ?? Number.POSITIVE_INFINITY);
  yield {
    records,
    tombstones: [...gone].toSorted(),
    // A list with holes is asked for again by the next pass.
    state: isWhole ? { readAt: now, staleAt } : {},
    complete: true,
    gaps: isWhole ? [] : [incompleteGap(list.plural, read.isCutOff ? null : lost)],
  };
}

function deniedGap(plural: string): Batch['gaps'][number] {
  return {
    code: 'people_not_permitted',
    message: `The key may not see ${plural}; what was read before stays.`,
    affectedCount: null,
  };
}

function incompleteGap(plural: string, lost: number | null): Batch['gaps'][number] {
  return {
    code: 'people_incomplete',
    message: `PagerDuty gave ${plural} not whole: ${lost === null ? 'there are more than it lists' : `${lost} had no form that is known`}.`,
    affectedCount: lost,
  };
}
