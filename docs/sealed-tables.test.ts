import { expect, test } from 'vitest';
import { sealedTables, unsealedTables } from '../packages/core/src/store/sealed-tables.ts';
import { read } from './testing/markdown.ts';

const page = read('docs/concepts/ledger.md');

/** The cells of the rows of a table between two marks, without its head. */
function cellsOf(mark: string): string[][] {
  const [, part = ''] = page.split(`<!-- ${mark} -->`);
  return (part.split(`<!-- /${mark} -->`)[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
}

test('the page names each sealed table, and each column of one that is not sealed, with the reason', () => {
  const told = cellsOf('sealed tables').map(([, table, column, reason]) => [table, column, reason]);
  const expected = Object.entries(sealedTables).flatMap(([table, exceptions]) => {
    const columns = Object.entries(exceptions).map(([column, reason]) => [
      table,
      column,
      reason.replaceAll('"', ''),
    ]);
    return columns.length === 0 ? [[table, '', '']] : columns;
  });
  expect(told.map((row) => row.map((cell) => cell?.replaceAll('"', '')))).toEqual(expected);
});

test('the page names each table that is not sealed, with the reason', () => {
  const told = cellsOf('unsealed tables').flatMap(([, names = '', reason = '']) =>
    names.split(', ').map((name): [string, string] => [name, reason]),
  );
  expect(Object.fromEntries(told)).toEqual(unsealedTables);
});
