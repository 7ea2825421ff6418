import type { MetricDefinition, MetricOutcome, Window } from '../domain.ts';
import { calendarIn } from '../calendar/calendar-in.ts';
import { loadColumns } from '../metrics/load-columns.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { GroupMembers } from './group-members.ts';
import type { RollupGroup } from './rollup-groups.ts';

export type ColumnsByName = Readonly<Record<string, unknown[]>>;

/** The rows of some weeks, in the order in which they fall into them. */
export interface LoadedWeeks {
  columns: ColumnsByName;
  instants: readonly number[];
}

/** Reads the columns of a group's metrics once for a span of weeks. */
export async function loadWeeks(
  context: ReadContext,
  group: RollupGroup,
  members: Pick<GroupMembers, 'columns'>,
  window: Window,
): Promise<LoadedWeeks> {
  const [first] = group.definitions;
  if (first === undefined) return { columns: {}, instants: [] };
  const names = new Set<string>(members.columns);
  for (const { columns } of group.definitions) for (const name of columns) names.add(name);
  // The columns that tell scopes are the subject's own, whether or not a metric may ask for them.
  const definition = { ...first, columns: [...names] as never };
  const { columns } = await loadColumns(context, {
    definition,
    window,
    repositoryExternalId: null,
  });
  return { columns, instants: (columns[group.windowColumn] ?? []) as number[] };
}

/** Returns the positions of a week's rows, by scope. */
export function rowsByScope(
  { columns, instants }: LoadedWeeks,
  members: Pick<GroupMembers, 'scopesAt'>,
  { from, to }: Window,
): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (let row = firstAtOrAfter(instants, from); row < instants.length; row += 1) {
    if ((instants[row] ?? 0) >= to) break;
    for (const scope of members.scopesAt(columns, row)) {
      const rows = found.get(scope);
      if (rows === undefined) found.set(scope, [row]);
      else rows.push(row);
    }
  }
  return found;
}

function firstAtOrAfter(instants: readonly number[], at: number): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a metric is told beside its rows. */
export interface BesideRows {
  coverage: Parameters<MetricDefinition['compute']>[0]['coverage'];
  shown: Parameters<MetricDefinition['compute']>[0]['shown'];
  unlinkedIncidents: number | null;
}

/** Returns what computes metrics of one week and scope, each column cut out once for all of them. */
export function computeOver(
  context: ReadContext,
  columns: ColumnsByName,
  rows: readonly number[],
  window: Window,
): (definition: MetricDefinition, beside: BesideRows) => MetricOutcome {
  const cut = new Map<string, unknown[]>();
  const columnOf = (name: string): unknown[] => {
    const known = cut.get(name);
    if (known !== undefined) return known;
    const source = columns[name] ?? [];
    const values = rows.map((row) => source[row]);
    cut.set(name, values);
    return values;
  };
  const { settings } = context;
  const calendar = calendarIn(settings.timeZone);
  return (definition, beside) => {
    const chosen: Record<string, unknown> = { length: rows.length };
    const names = ['id', definition.windowColumn, ...definition.columns];
    for (const name of names) if (name !== null) chosen[name] = columnOf(name);
    return definition.compute({
      // Exactly the columns that this definition named.
      columns: chosen as never,
      window: { ...window, calendar },
      // As of the end of the week, with all that became known since: so that it stays the same.
      now: window.to,
      settings,
      known: { rows: rows.length, withoutStart: 0 },
      ...beside,
    });
  };
}
