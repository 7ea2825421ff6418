import { eachMatch } from '../characters.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';
import { isPasswordValue } from '../secret-value.ts';
import { isSecretName, secretWord } from './secret-names.ts';

// The line between the heads of a table and its rows.
const rule = /\n[ \t]{0,4}\|?[ \t]{0,4}:?-{2,80}:?[ \t]{0,40}\|[|:\- \t]{0,400}(?=\r?\n)/g;
const lineOfRule = /^[|:\- \t\r]{2,1000}$/;
const longestLine = 1_000;
const mostRows = 200;
// A text of nothing but tables is judged with care up to here; then a word and a digit are enough.
const charactersPerLook = 100;
const nameOfSecret = new RegExp(secretWord.source, 'i');

/** What stands in a column that is called password, token and the like. */
export const tables: RedactionRule = {
  id: 'table',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  begins: ['password|a\n--|--\n', '\n--|', 'a|password\n--|--\na|b1c2'],
  needles: ['--'],
  find: (text, report) => {
    const looks = { left: 200 + text.length / charactersPerLook };
    eachMatch(text, rule, (match) => {
      const from = text.lastIndexOf('\n', match.index - 1) + 1;
      const columns = secretColumns(text, from, match.index, looks);
      if (columns.length === 0) return undefined;
      const at = text.indexOf('\n', match.index + match[0].length) + 1;
      return findInRows(text, at, columns, looks, report);
    });
  },
};

/** The numbers of the columns whose heads name a secret. */
function secretColumns(text: string, from: number, to: number, looks: { left: number }): number[] {
  if (to - from > longestLine || !nameOfSecret.test(text.slice(from, to))) return [];
  return cellsOf(text, from, to).flatMap(({ start, end }, column) =>
    isNamed(text.slice(start, end), looks) ? [column] : [],
  );
}

/** Returns where the rows end. */
function findInRows(
  text: string,
  from: number,
  columns: readonly number[],
  looks: { left: number },
  report: ReportSpan,
): number {
  let at = from;
  for (let row = 0; row < mostRows && at > 0; row += 1) {
    const next = text.indexOf('\n', at);
    const end = Math.min(next === -1 ? text.length : next, at + longestLine);
    const cells = cellsOf(text, at, end);
    if (cells.length < 2) return at;
    // Below what was the last row, and is the heads of another table.
    if (lineOfRule.test(text.slice(at, end))) return at - 1;
    for (const column of columns) {
      const cell = cells[column];
      if (cell !== undefined && isSecret(text.slice(cell.start, cell.end), looks)) {
        report('table/cell', cell.start, cell.end);
      }
    }
    at = next + 1;
  }
  return at === 0 ? text.length : at;
}

function isNamed(name: string, looks: { left: number }): boolean {
  looks.left -= 1;
  return looks.left > 0 ? isSecretName(name) : nameOfSecret.test(name);
}

function isSecret(value: string, looks: { left: number }): boolean {
  if (value.length < 5) return false;
  looks.left -= 1;
  return looks.left > 0 ? isPasswordValue(value, { quoted: true, exact: false }) : /\d/.test(value);
}

interface Cell {
  readonly start: number;
  readonly end: number;
}

/** The cells of a line, each without blanks and marks of emphasis around it. */
function cellsOf(text: string, from: number, to: number): Cell[] {
  const cells: Cell[] = [];
  let start = text[from] === '|' ? from + 1 : from;
  for (let index = start; index <= to; index += 1) {
    if (index < to && text[index] !== '|') continue;
    cells.push(trimmed(text, start, index));
    start = index + 1;
  }
  return cells;
}

const around = new Set([' ', '\t', '\r', '*', '`', '"']);

function trimmed(text: string, from: number, to: number): Cell {
  let start = from;
  let end = to;
  while (start < end && around.has(text.charAt(start))) start += 1;
  while (end > start && around.has(text.charAt(end - 1))) end -= 1;
  return { start, end };
}
