import type { MetricDefinition, MetricInput, MetricSubject } from '../domain.ts';

type Beside = Omit<MetricInput<MetricSubject, never>, 'columns'>;

/** Returns what computes the value of a figure from the rows at some positions, again and again. */
export function valueOfDraws(
  definition: MetricDefinition,
  columns: Readonly<Record<string, unknown[]>>,
  beside: Beside,
): (positions: readonly number[]) => number | null {
  return (positions) => {
    // The loader read exactly the columns that this definition named.
    const input = { columns: columnsAt(columns, positions) as never, ...beside };
    return definition.computeValue === undefined
      ? definition.compute(input).value
      : definition.computeValue(input);
  };
}

/**
 * The same columns, of the rows at these positions only. A column is picked when it is first looked at:
 * most values hang on one or two of them.
 */
function columnsAt(
  columns: Readonly<Record<string, unknown[]>>,
  positions: readonly number[],
): object {
  const chosen = { length: positions.length };
  for (const [name, values] of Object.entries(columns)) {
    Object.defineProperty(chosen, name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = positions.map((position) => values[position]);
        Object.defineProperty(chosen, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return chosen;
}
