import { createAdjutant, type DomainRows, type WorkKind, type WorkspaceHandle } from '@adjutant/core';
import { createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { onTestFinished } from 'vitest';
import { allMetrics } from '../../index.ts';

/** A row of one of that system's domain tables, as its CSV has it; nothing is ''. */
export type DevlakeRow = Readonly<Record<string, string>>;

export const source = 'devlake';

/** Reads a table as CSV with a header; a field may be quoted, and `NULL` is nothing. */
export function tableOf(csv: string): DevlakeRow[] {
  const records: string[][] = [];
  // Each field is read with what parts it from the one before, of which the first has none.
  const fields = `\n${csv.trim()}`.matchAll(/(,|\r?\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g);
  for (const [, before = '', quoted, plain = ''] of fields) {
    const text = quoted?.replaceAll('""', '"') ?? plain.trim();
    if (before !== ',') records.push([]);
    records.at(-1)?.push(text === 'NULL' ? '' : text);
  }
  const [names = [], ...rows] = records;
  return rows.map((row) =>
    Object.fromEntries(names.map((name, position) => [name, row[position] ?? ''])),
  );
}

/** Reads `2023-4-11 4:51:47`, which is UTC, and `2023-04-11T04:51:47.000+00:00`. */
export function instantOf(text: string | undefined): number | null {
  const found = /^(\d+)-(\d+)-(\d+)[T ](\d+):(\d+):(\d+)(?:\.(\d+))?/.exec(text ?? '');
  if (found === null) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map(Number);
  const parts = Math.round(Number(`0.${found[7] ?? '0'}`) * 1_000);
  const zone = /([+-])(\d\d):?(\d\d)$/.exec((text ?? '').slice(found[0].length));
  const offsetMinutes =
    zone === null ? 0 : Number(`${zone[1]}1`) * (Number(zone[2]) * 60 + Number(zone[3]));
  return Date.UTC(year, month - 1, day, hour, minute, second, parts) - offsetMinutes * 60_000;
}

/** Returns what the SDK reads of these rows, at the end of 2026 unless told. */
export async function handleOf(
  rows: DomainRows,
  now = Date.UTC(2026, 11, 31),
): Promise<WorkspaceHandle> {
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [createRowsConnector({ id: source, records: () => ({ all: rows }) })],
    metrics: allMetrics,
    clock: createFakeClock(now),
  });
  onTestFinished(() => adjutant.close());
  const { streams } = await adjutant.sync();
  const failed = streams.find(({ error }) => error !== null);
  if (failed !== undefined) throw new Error(failed.error?.message);
  return adjutant.workspace().as(await adjutant.owner());
}

/** Returns the ids of all work of a kind, page by page. */
export async function idsOf(handle: WorkspaceHandle, kind: WorkKind): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await handle.listWork({ kind, limit: 200, cursor });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}
