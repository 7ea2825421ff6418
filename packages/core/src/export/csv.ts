import { numberOf, replaceHidden } from '../hidden-characters.ts';

/** What a cell can hold. A list is written as its parts with ` | ` between them. */
export type Cell = number | string | boolean | null | readonly string[];

/** What a spreadsheet takes for a formula; a tab or line end before one does not keep it from that. */
const opensFormula = /^[=+\-@\t\r\n＝＋－＠]/;
const needsQuotes = /[",\r\n]|^\s|\s$/;

/**
 * Returns a table as comma-separated values: a line of column names, then a line for each row, each
 * ended by CR and LF. Null is an empty field, and so is what is no finite number. Text that a
 * spreadsheet would run as a formula gets an apostrophe before it; numbers never do. What cannot be seen
 * stands there by its number: a table is opened by people.
 *
 * @source RFC 4180
 */
export function toCsv<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, Cell>>[],
): string {
  const lines = [
    columns.map(toField),
    ...rows.map((row) => columns.map((column) => toField(row[column]))),
  ];
  return lines.map((fields) => `${fields.join(',')}\r\n`).join('');
}

function toField(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  if (typeof cell === 'boolean') return String(cell);
  const text = seen(typeof cell === 'string' ? cell : cell.join(' | '));
  const harmless = opensFormula.test(text) ? `'${text}` : text;
  return needsQuotes.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function seen(text: string): string {
  return replaceHidden(text, (character) =>
    /[\t\r\n]/.test(character) ? character : `<${numberOf(character)}>`,
  );
}
