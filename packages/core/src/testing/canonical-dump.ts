import { queryTuples } from '../store/raw-query.ts';
import { getTableName, sql } from 'drizzle-orm';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { type Tables, tables } from '../store/tables.ts';
import { columnNames } from '../workspace/export-workspace.ts';

/** What happened on the way, rather than what is so: two equal stores may differ in it. */
const history: ReadonlySet<keyof Tables> = new Set([
  'schemaVersion',
  'leases',
  'refreshRequests',
  'webhookHints',
  'sourcePasses',
  'auditEntries',
  'auditHeads',
  'auditPersonalData',
  'auditSeals',
  'rowSeals',
  'identityChanges',
  'approverGrants',
  'workspaces',
  'metricCitations',
  'citedEvidence',
  'rollupStates',
  'searchMarks',
]);
/** Our own keys, and instants of our own doing. */
const ownColumns = new Set([
  'id',
  'pull_request_id',
  'incident_id',
  'person_id',
  'team_id',
  'fetched_at',
  'last_started_at',
  'last_finished_at',
]);
/** How often a weekly value was computed, and when: a sync cut short computes it more often. */
const ownRollupColumns = new Set(['computed_at', 'revision', 'corrected_at', 'previous_value']);
/** Weekly values name a team by our own key for it; what it is called in the configuration is everybody's. */
const scopeKey = `case scope_kind when 'team'
  then (select key from teams where teams.id = scope_key) else scope_key end`;
/** The same for whose an incident is, of which nothing else would be left. */
const named: Readonly<Record<string, string>> = {
  incident_id: `(select source || ' ' || external_id from incidents where incidents.id = incident_id)`,
  team_id: '(select key from teams where teams.id = team_id)',
};
const scopedTables: ReadonlySet<keyof Tables> = new Set(['metricRollups', 'metricRollupGaps']);

/** Returns every row of a store, without own ids and ingestion times, in an order that equal stores share. */
export async function canonicalDump(url: string): Promise<string> {
  const store = await openStore(url);
  try {
    return await dumpStore(store);
  } finally {
    await store.close();
  }
}

async function dumpStore(store: Store): Promise<string> {
  const lines: string[] = [];
  for (const name of Object.keys(tables) as (keyof Tables)[]) {
    if (history.has(name)) continue;
    const table = getTableName(tables[name]);
    const isOwn = (column: string): boolean =>
      (ownColumns.has(column) && name !== 'incidentTeams') ||
      (name === 'metricRollups' && ownRollupColumns.has(column));
    const columns = columnNames(tables[name]).filter((column) => !isOwn(column));
    const told = (column: string): string => {
      if (column === 'scope_key' && scopedTables.has(name)) return scopeKey;
      return (name === 'incidentTeams' ? named[column] : undefined) ?? `"${column}"`;
    };
    const list = sql.raw(columns.map(told).join(', '));
    const rows = await queryTuples<(string | number | null)[]>(
      store.read,
      sql`select ${list} from ${sql.raw(`"${table}"`)} order by ${list}`,
    );
    for (const row of rows) lines.push(`${table} ${JSON.stringify(row)}`);
  }
  return lines.join('\n');
}
