import { type Column, getTableColumns } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { archivedTable } from '../archive/archive-rows.ts';
import { type Tables, tables } from '../store/tables.ts';

/**
 * Tables in which an erasure replaces nothing, each with the reason. All others it looks through, so that
 * a new one is looked through from its first day.
 */
export const notRewritten: Partial<Record<keyof Tables, string>> = {
  schemaVersion: 'holds no word of anybody',
  auditEntries: 'is chained; what of it is personal stands beside it and goes',
  auditHeads: 'holds digests',
  auditSeals: 'holds digests',
  rowSeals: 'goes with its row, and comes anew with the one in its place',
  auditPersonalData: 'goes entry by entry, with an entry that tells of it',
  approverGrants: 'the ledger tells of each right by its account',
  authenticators: 'holds keys; its label is replaced',
  actionDecisions: 'a signature is over it',
  policyVersions: 'is kept by its hash',
  secrets: 'is encrypted',
  dataKeys: 'is encrypted',
  retiredKeys: 'holds ids of keys',
  erasureMarks: 'holds digests',
  repositories: 'its addresses are those of the configuration',
  repositoryOrigins: 'its addresses are those of the configuration',
  scopes: 'comes from the configuration',
  sources: 'holds no word of anybody',
  leases: 'names processes',
  searchEntries: 'is made anew',
  searchMarks: 'is made anew',
  searchStates: 'is made anew',
};

/** Columns that hold nothing but an account, a name or an address. */
const namingColumns =
  /^(?:.*account_external_id|login|name|email|vendor_id|owner|display_name|(?:from|to)_external_id)$/;
const namingTables: ReadonlySet<string> = new Set(['accounts', 'identity_mappings']);

export interface RewrittenTable {
  table: string;
  columns: { column: string; isNaming: boolean }[];
}

/** Returns the tables that are looked through, those that tell who somebody is at the end. */
export function rewrittenTables(): RewrittenTable[] {
  const names = (Object.keys(tables) as (keyof Tables)[]).filter((name) => !(name in notRewritten));
  const last = ['identityMappings', 'personAccounts', 'people', 'accounts'];
  return names
    .toSorted((one, other) => last.indexOf(one) - last.indexOf(other))
    .map((name) => {
      const { table } = archivedTable(name);
      const all: Record<string, Column> = getTableColumns(tables[name]);
      const columns = Object.entries(all)
        .filter(([property, column]) => isText(column.dataType) && !isOurOwn(property))
        .map(([property]) => toSnakeCase(property))
        .map((column) => ({ column, isNaming: isNaming(table, column) }));
      return { table, columns };
    })
    .filter(({ columns }) => columns.length > 0);
}

export function isNaming(table: string, column: string): boolean {
  const isOfPeople = namingTables.has(table);
  if (column.endsWith('account_external_id')) return true;
  if (table === 'repository_owners') return column === 'owner';
  return isOfPeople && (namingColumns.test(column) || column === 'external_id');
}

function isText(dataType: string): boolean {
  return dataType === 'string' || dataType === 'json';
}

/** Ids that were made here. */
function isOurOwn(property: string): boolean {
  return property === 'id' || property === 'workspaceId' || property.endsWith('PersonId');
}
