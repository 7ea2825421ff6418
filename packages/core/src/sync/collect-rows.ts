import { type DomainRowKind, domainRowKinds } from '../store/domain-targets.ts';
import type { Scope, StreamDefinition } from './define-connector.ts';
import type { DomainRows } from './domain-rows.ts';

export type CollectedRows = Map<DomainRowKind, object[]>;

export interface Collected {
  rows: CollectedRows;
  /** External ids whose payload did not fit the stream's schema. */
  unreadable: string[];
}

type AnyStream = StreamDefinition<unknown, never>;

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
  for (const kind of domainRowKinds) {
    const added = rows[kind];
    if (added === undefined || added.length === 0) continue;
    const present = collected.get(kind);
    if (present === undefined) collected.set(kind, [...added]);
    else for (const row of added) present.push(row);
  }
}
