type Fields = Record<string, unknown>;

/**
 * Returns an answer as text for a model: one `name: value` line per field, one tab-separated table
 * per list. It holds every fact that the structured form holds, under the same names.
 */
export function renderText(answer: Fields): string {
  const lines: string[] = [];
  writeFields(lines, '', answer);
  return lines.join('\n');
}

function writeFields(lines: string[], prefix: string, fields: Fields): void {
  for (const [name, value] of Object.entries(fields)) {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (isFields(value)) writeFields(lines, path, value);
    else if (isTable(value)) writeTable(lines, path, value);
    else lines.push(`${path}: ${cell(value)}`);
  }
}

function writeTable(lines: string[], path: string, rows: readonly Fields[]): void {
  const inner = groupField(rows);
  if (inner === null) {
    lines.push(`${path}:`);
    writeRows(lines, rows, true);
    return;
  }
  let header = '';
  for (const row of rows) {
    const { [inner]: items, ...own } = row;
    lines.push(`${path}: ${cell(own)}`);
    const list = isTable(items) ? items : [];
    const columns = columnsOf(list).join('\t');
    writeRows(lines, list, columns !== header);
    header = columns;
  }
}

function writeRows(lines: string[], rows: readonly Fields[], withHeader: boolean): void {
  const columns = columnsOf(rows);
  if (withHeader) lines.push(columns.map((column) => heading(column, rows)).join('\t'));
  for (const row of rows) lines.push(columns.map((column) => cell(row[column])).join('\t'));
}

/** The one field of grouped rows that holds the rows themselves, by the name the tools give it. */
function groupField(rows: readonly Fields[]): string | null {
  return rows.every((row) => isTable(row['items'])) ? 'items' : null;
}

function columnsOf(rows: readonly Fields[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

function heading(column: string, rows: readonly Fields[]): string {
  const nested = rows.map((row) => row[column]).find(isTable);
  return nested === undefined ? column : `${column}(${columnsOf(nested).join(':')})`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(inCell).join(' | ');
  if (isFields(value)) {
    return Object.entries(value)
      .map(([name, child]) => `${name}=${cell(child)}`)
      .join(' ');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function inCell(value: unknown): string {
  return isFields(value) ? Object.values(value).map(cell).join(':') : cell(value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTable(value: unknown): value is Fields[] {
  return Array.isArray(value) && value.length > 0 && value.every(isFields);
}
