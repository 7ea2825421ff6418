const mostLines = 20;

/** One public entry whose exports are not those that its committed report tells. */
export interface ReportDifference {
  name: string;
  /** Lines of the committed report that are gone, each as often as it is missing. */
  removed: string[];
  added: string[];
}

/**
 * Returns the entries whose reports differ, those of entries that came or went among them. The order of
 * lines counts for nothing: the compiler writes members of an inferred type in another one with every
 * change of what it read before, and whoever uses them cannot tell.
 */
export function compareReports(
  committed: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): ReportDifference[] {
  const names = [...new Set([...committed.keys(), ...found.keys()])].toSorted();
  return names.flatMap((name) => {
    const [before, after] = [committed.get(name) ?? '', found.get(name) ?? ''].map(toLines);
    if (before === undefined || after === undefined) return [];
    const [removed, added] = [without(before, after), without(after, before)];
    return removed.length + added.length === 0 ? [] : [{ name, removed, added }];
  });
}

/** Returns what differs and what to do about it. */
export function differenceText({ name, removed, added }: ReportDifference): string {
  const lines = [...removed.map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`)];
  return [
    `The public API is not what docs/api/${name} says:`,
    ...lines.slice(0, mostLines).map((line) => `  ${line}`),
    ...(lines.length > mostLines ? [`  and ${lines.length - mostLines} more lines`] : []),
    'If it is meant, run "node --run api:update", commit the report, and add a changeset.',
  ].join('\n');
}

/** A checkout on Windows may end its lines in another way. */
function toLines(text: string): string[] {
  return text.replaceAll('\r\n', '\n').split('\n');
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
