import { keyExpression, type SealedShape } from './sealed-shapes.ts';

/** How many columns a note has room for. */
export function widthOf(shapes: Iterable<SealedShape>): number {
  return Math.max(0, ...Array.from(shapes, ({ columns }) => columns.length));
}

/**
 * Returns what makes one connection note each row of a sealed table that it changes, and what stood there
 * before. The notes and the triggers are temporary: what another program writes into the file is noted by
 * nobody, so it is never sealed. A transaction that is undone takes its notes with it.
 */
export function watchStatements(shapes: readonly SealedShape[]): string[] {
  const width = widthOf(shapes);
  const columns = Array.from({ length: width }, (_, position) => `, c${position}`).join('');
  return [
    // Otherwise a row that gives way to another in "replace" would go unnoted.
    'pragma recursive_triggers = on',
    `create temp table if not exists touched_rows (
      table_name text not null, workspace_id text not null, row_key text not null, was_there integer not null
      ${columns}, primary key (table_name, workspace_id, row_key))`,
    ...shapes.flatMap((shape) => watchTable(shape)),
  ];
}

function watchTable(shape: SealedShape): string[] {
  const { table, columns } = shape;
  // The first note of a row stays: it holds what stood there when the transaction began.
  const note = (row: string, was: readonly string[]): string =>
    `insert into touched_rows (table_name, workspace_id, row_key, was_there${was.map((_, position) => `, c${position}`).join('')})
      values ('${table}', ${row}"workspace_id", ${keyExpression(shape, row)}, ${was.length > 0 ? 1 : 0}${was.map((value) => `, ${value}`).join('')})
      on conflict do nothing;`;
  const differs = columns.map((name) => `OLD."${name}" is not NEW."${name}"`).join(' or ');
  const old = columns.map((name) => `OLD."${name}"`);
  return [
    `create temp trigger if not exists "touched_${table}_insert" after insert on main."${table}"
      begin ${note('NEW.', [])} end`,
    `create temp trigger if not exists "touched_${table}_update" after update on main."${table}"
      when ${differs} begin ${note('OLD.', old)} ${note('NEW.', [])} end`,
    `create temp trigger if not exists "touched_${table}_delete" after delete on main."${table}"
      begin ${note('OLD.', old)} end`,
  ];
}
