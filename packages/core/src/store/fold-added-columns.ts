const added = /^ALTER TABLE (`\w+`) ADD (.+?);?$/s;
const created = /^CREATE TABLE (`\w+`) \(\n/;
/** Behind the last column: before the constraints of the table, or its end. */
const endOfColumns = /,(?=\n\t(?:PRIMARY|FOREIGN|UNIQUE|CHECK|CONSTRAINT))|\)(?=;?$)/;

/**
 * Returns statements that make the same schema in an empty database, with each column in the table that it
 * was added to later: for every added column SQLite reads the whole schema again, which is most of what a
 * new store costs.
 */
export function foldAddedColumns(statements: readonly string[]): string[] {
  const columns = new Map<string, string[]>();
  const others = statements.filter((statement) => {
    const [, table, column] = added.exec(statement) ?? [];
    if (table === undefined || column === undefined) return true;
    columns.set(table, [...(columns.get(table) ?? []), column]);
    return false;
  });
  return others.map((statement) => {
    const more = columns.get(created.exec(statement)?.[1] ?? '');
    if (more === undefined) return statement;
    return statement.replace(endOfColumns, (end) => `, ${more.join(', ')}${end}`);
  });
}
