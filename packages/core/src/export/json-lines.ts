import { visibleJson } from '../hidden-characters.ts';

/** Returns rows as JSON lines: one document on each line, each ended by LF. */
export function toJsonLines(rows: readonly object[]): string {
  return rows.map((row) => `${visibleJson(JSON.stringify(row))}\n`).join('');
}
