import { keyExpression, type SealedShape } from './sealed-shapes.ts';

/**
 * Returns what makes one connection note each row of a sealed table that it changes. The notes and the
 * triggers are temporary: what another program writes into the file is noted by nobody, so it is never
 * sealed. A transaction that is undone takes its notes with it.
 */
export function watchStatements(shapes: readonly SealedShape[]): string[] {
  return [
    // Otherwise a row that gives way to another in "replace" would go unnoted.
    'pragma recursive_triggers = on',
    `create temp table if not exists touched_rows (
      table_name text not null, workspace_id text not null, row_key text not null,
      primary key (table_name, workspace_id, row_key))`,
    ...shapes.flatMap(watchTable),
  ];
}

function watchTable(shape: SealedShape): string[] {
  const { table, columns } = shape;
  const note = (row: string): string =>
    `insert into touched_rows values ('${table}', ${row}"workspace_id", ${keyExpression(shape, row)})
      on conflict do nothing;`;
  const differs = columns.map((name) => `OLD."${name}" is not NEW."${name}"`).join(' or ');
  return [
    `create temp trigger if not exists "touched_${table}_insert" after insert on main."${table}"
      begin ${note('NEW.')} end`,
    `create temp trigger if not exists "touched_${table}_update" after update on main."${table}"
      when ${differs} begin ${note('OLD.')} ${note('NEW.')} end`,
    `create temp trigger if not exists "touched_${table}_delete" after delete on main."${table}"
      begin ${note('OLD.')} end`,
  ];
}
