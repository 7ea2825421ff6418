import { eachMatch } from '../characters.ts';
import type { RedactionRule } from '../redaction-rule.ts';
import { isPasswordValue } from '../secret-value.ts';
import { isSecretName } from './secret-names.ts';

// The line between the heads of a table and its rows.
const rule = /\n[ \t]{0,4}\|?[ \t]{0,4}:?-{2,80}:?[ \t]{0,40}\|[|:\- \t]{0,400}(?=\r?\n)/g;
const longestLine = 1_000;
const mostRows = 200;

/** What stands in a column that is called password, token and the like. */
export const tables: RedactionRule = {
  id: 'table',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  begins: ['password|a\n--|--\n', '\n--|', 'a|password\n--|--\na|b1c2'],
  needles: ['--'],
  find: (text, report) =>
    eachMatch(text, rule, (match) => {
      const headsFrom = text.lastIndexOf('\n', match.index - 1) + 1;
      if (match.index - headsFrom > longestLine) return undefined;
      const columns = cellsOf(text, headsFrom, match.index).flatMap(({ start, end }, column) =>
        isSecretName(text.slice(start, end)) ? [column] : [],
      );
      if (columns.length === 0) return undefined;
      let at = text.indexOf('\n', match.index + match[0].length) + 1;
      for (let row = 0; row < mostRows && at > 0; row += 1) {
        const next = text.indexOf('\n', at);
        const end = Math.min(next === -1 ? text.length : next, at + longestLine);
        const cells = cellsOf(text, at, end);
        if (cells.length < 2) return at;
        for (const column of columns) {
          const cell = cells[column];
          if (cell === undefined) continue;
          const value = text.slice(cell.start, cell.end);
          if (isPasswordValue(value, { quoted: true, exact: false }))
            report('table/cell', cell.start, cell.end);
        }
        at = next + 1;
      }
      return at === 0 ? text.length : at;
    }),
};

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
