import type { MetricDefinition, MetricInput, MetricSubject } from '../domain.ts';

type Beside = Omit<MetricInput<MetricSubject, never>, 'columns'>;

/** Returns what computes the value of a figure from the rows at some positions, again and again. */
export function valueOfDraws(
  definition: MetricDefinition,
  columns: Readonly<Record<string, unknown[]>>,
  beside: Beside,
): (positions: readonly number[]) => number | null {
  const columnsAt = pickColumns(columns);
  return (positions) => {
    // The loader read exactly the columns that this definition named.
    const input = { columns: columnsAt(positions) as never, ...beside };
    return definition.computeValue === undefined
      ? definition.compute(input).value
      : definition.computeValue(input);
  };
}

/**
 * The same columns, of the rows at some positions only. A column is picked when it is looked at: most
 * values hang on one or two of them. What is returned holds until the next call.
 */
function pickColumns(
  columns: Readonly<Record<string, unknown[]>>,
): (positions: readonly number[]) => object {
  let at: readonly number[] = [];
  const picked = new Map<string, unknown[]>();
  const view = Object.defineProperty({}, 'length', { get: () => at.length });
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
