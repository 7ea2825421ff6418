import type { MetricDefinition, MetricInput, MetricSubject } from '../domain.ts';

type Beside = Omit<MetricInput<MetricSubject, never>, 'columns'>;
type LoadedColumns = Readonly<Record<string, unknown[]>>;

/** Returns what computes the value of a figure from the rows at some positions, again and again. */
export function valueOfDraws(
  definition: MetricDefinition,
  columns: LoadedColumns,
  beside: Beside,
): (positions: readonly number[]) => number | null {
  // The loader read exactly the columns that this definition named.
  if (definition.computeValue === undefined) {
    return (positions) =>
      definition.compute({ columns: columnsAt(columns, positions) as never, ...beside }).value;
  }
  const viewAt = pickWhenSeen(columns);
  return (positions) =>
    definition.computeValue?.({ columns: viewAt(positions) as never, ...beside }) ?? null;
}

/** The same columns, of the rows at these positions only. */
function columnsAt(columns: LoadedColumns, positions: readonly number[]): object {
  const chosen: Record<string, unknown> = { length: positions.length };
  for (const [name, values] of Object.entries(columns)) {
    chosen[name] = positions.map((position) => values[position]);
  }
  return chosen;
}

/**
 * The same, but a column is picked when it is looked at: a value alone hangs on one or two of them. One
 * object serves all draws, because to make one for each costs as much as to pick all columns.
 */
function pickWhenSeen(columns: LoadedColumns): (positions: readonly number[]) => object {
  let at: readonly number[] = [];
  const picked = new Map<string, unknown[]>();
  const view = Object.defineProperty({}, 'length', { enumerable: true, get: () => at.length });
  for (const [name, values] of Object.entries(columns)) {
    Object.defineProperty(view, name, {
      enumerable: true,
      get() {
        const known = picked.get(name);
        if (known !== undefined) return known;
        const chosen = at.map((position) => values[position]);
        picked.set(name, chosen);
        return chosen;
      },
    });
  }
  return (positions) => {
    at = positions;
    picked.clear();
    return view;
  };
}
