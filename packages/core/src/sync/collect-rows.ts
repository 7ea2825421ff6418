import { type DomainRowKind, isDomainRowKind } from '../store/domain-targets.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { Scope, StreamDefinition } from './define-connector.ts';
import type { DomainRows } from './domain-rows.ts';

export type CollectedRows = Map<DomainRowKind, object[]>;

export interface Collected {
  rows: CollectedRows;
  /** External ids whose payload did not fit the stream's schema. */
  unreadable: string[];
}

type AnyStream = StreamDefinition<unknown, never>;

/** Records after which others get their turn: checking and mapping so many takes a few milliseconds. */
const recordsBetweenYields = 100;

/** Like `collectRows`, for a whole batch: it does not hold the event loop for all of it at once. */
export async function collectRowsInTurns(
  stream: AnyStream,
  records: readonly { externalId: string; payload: unknown }[],
  scope: Scope,
  config: unknown,
): Promise<Collected> {
  const all: Collected = { rows: new Map(), unreadable: [] };
  for (let start = 0; start < records.length; start += recordsBetweenYields) {
    if (start > 0) await yieldToEventLoop();
    const part = records.slice(start, start + recordsBetweenYields);
    const { rows, unreadable } = collectRows(stream, part, scope, config);
    addRows(all.rows, Object.fromEntries(rows));
    all.unreadable.push(...unreadable);
  }
  return all;
}

/** Returns the domain rows of records, by table. Pure: same records, same rows. */
export function collectRows(
  stream: AnyStream,
  records: readonly { externalId: string; payload: unknown }[],
  scope: Scope,
  config: unknown,
): Collected {
  const rows: CollectedRows = new Map();
  const unreadable: string[] = [];
  for (const record of records) {
    const parsed = stream.payloadSchema.safeParse(record.payload);
    if (parsed.success) addRows(rows, stream.map(parsed.data, scope, config));
    else unreadable.push(record.externalId);
  }
  return { rows, unreadable };
}

function addRows(collected: CollectedRows, rows: DomainRows): void {
  // A record names a few of three dozen kinds.
  for (const kind of Object.keys(rows)) {
    if (!isDomainRowKind(kind)) continue;
    const added = rows[kind];
    if (added === undefined || added.length === 0) continue;
    const present = collected.get(kind);
    if (present === undefined) collected.set(kind, [...added]);
    else for (const row of added) present.push(row);
  }
}
