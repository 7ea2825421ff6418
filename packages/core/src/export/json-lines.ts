/** Returns rows as JSON lines: one document on each line, each ended by LF. */
export function toJsonLines(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
