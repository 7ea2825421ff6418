import { asc, eq, sql } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { fewestPeople } from '../metrics/filters/people-floor.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { queryTuples } from '../store/raw-query.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { RetentionDays } from '../retention/retention.ts';
import { describedTables } from './data-map.ts';
import type { DataMapEntry, PrivacyReport, SourceAccess, VisibilityEntry } from './handle.ts';
import { countRefusals } from './list-refusals.ts';
import { neverExists } from './never-exists.ts';
import { dataOrigins, dataPurposes, dataRetentions, dataSubjects } from './stored-table.ts';
import { privacyThresholds } from './thresholds.ts';
import { informationClasses, visibility } from './visibility.ts';

const mostScopesNamed = 200;

/** What only the instance knows, and no row tells. */
export interface Installation {
  /** Each configured source with the hosts that its connector can contact. */
  connectors: readonly { source: string; hosts: readonly string[] }[];
  storeHost: string | null;
  /** For how long what is kept. */
  retention: RetentionDays;
}

/** Returns what is stored of people, for what and who sees it. It names no person. */
export async function makePrivacyReport(
  context: ReadContext,
  installation: Installation,
): Promise<PrivacyReport> {
  const entries = await readDataMap(context);
  return {
    workspaceId: context.workspaceId,
    asOf: context.clock.now(),
    thresholds: privacyThresholds(installation.retention),
    visibility: visibilityOf(entries),
    dataMap: entries,
    otherTables: describedTables()
      .filter(({ data }) => data === null)
      .map(({ table, holds, personal }) => ({ table, holds, personal })),
    neverExists,
    sources: await readSources(context, installation),
    storeHost: installation.storeHost,
    refusals: await countRefusals(context),
  };
}

async function readDataMap({ store, workspaceId }: ReadContext): Promise<DataMapEntry[]> {
  const entries: DataMapEntry[] = [];
  for (const { table, holds, personal, data } of describedTables()) {
    if (data === null) continue;
    const [row] = await queryTuples<[number]>(
      store.read,
      sql`select count(*) from ${sql.raw(`"${table}"`)} where workspace_id = ${workspaceId}`,
    );
    await yieldToEventLoop();
    const rows = row?.[0] ?? 0;
    entries.push({
      table,
      holds,
      personal,
      fields: data.fields.map((field) => toSnakeCase(field)),
      whose: dataSubjects[data.of],
      origin: dataOrigins[data.origin],
      purpose: dataPurposes[data.purpose],
      retention: dataRetentions[data.retention],
      seenAs: data.seenAs,
      rows: rows > 0 && rows < fewestPeople ? null : rows,
    });
  }
  return entries;
}

function visibilityOf(entries: readonly DataMapEntry[]): VisibilityEntry[] {
  return informationClasses.map((name) => {
    const { holds, read, change } = visibility[name];
    const counts = entries.filter(({ seenAs }) => seenAs === name).map(({ rows }) => rows);
    const isUntold = counts.includes(null);
    const rows = isUntold ? null : counts.reduce<number>((sum, some) => sum + (some ?? 0), 0);
    return { class: name, holds, read, change, rows };
  });
}

async function readSources(
  { store, workspaceId }: ReadContext,
  { connectors }: Installation,
): Promise<SourceAccess[]> {
  const { sources, scopes } = tables;
  const known = await store.read
    .select({ source: sources.source, title: sources.title })
    .from(sources)
    .where(eq(sources.workspaceId, workspaceId));
  const named = await store.read
    .select({ source: scopes.source, name: scopes.name })
    .from(scopes)
    .where(eq(scopes.workspaceId, workspaceId))
    .orderBy(asc(scopes.source), asc(scopes.name));
  const titles = new Map(known.map(({ source, title }) => [source, title]));
  const ids = new Set([...connectors.map(({ source }) => source), ...titles.keys()]);
  return [...ids].toSorted().map((source) => {
    const configured = connectors.find((one) => one.source === source);
    const names = named.filter((scope) => scope.source === source).map(({ name }) => name);
    return {
      source,
      title: titles.get(source) ?? source,
      isConfigured: configured !== undefined,
      hosts: configured === undefined ? null : [...configured.hosts],
      scopes: names.slice(0, mostScopesNamed),
      scopesTotal: names.length,
    };
  });
}
