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
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    const path = prefix + name;
    if (isFields(value)) writeFields(lines, `${path}.`, value);
    else if (isTable(value)) writeTable(lines, path, value);
    else lines.push(`${path}: ${cell(value)}`);
  }
}

function writeTable(lines: string[], path: string, rows: readonly Fields[]): void {
  const inner = groupField(rows);
  if (inner === null) {
    const columns = columnsOf(rows);
    lines.push(`${path}:`, headingLine(columns, rows));
    writeRows(lines, columns, rows);
    return;
  }
  let header = '';
  for (const row of rows) {
    const { [inner]: items, ...own } = row;
    lines.push(`${path}: ${cell(own)}`);
    const list = isTable(items) ? items : [];
    const columns = columnsOf(list);
    const next = columns.join('\t');
    if (next !== header) lines.push(headingLine(columns, list));
    writeRows(lines, columns, list);
    header = next;
  }
}

function writeRows(lines: string[], columns: readonly string[], rows: readonly Fields[]): void {
  for (const row of rows) lines.push(columns.map((column) => cell(row[column])).join('\t'));
}

function headingLine(columns: readonly string[], rows: readonly Fields[]): string {
  return columns.map((column) => heading(column, rows)).join('\t');
}

/** The one field of grouped rows that holds the rows themselves, by the name the tools give it. */
function groupField(rows: readonly Fields[]): string | null {
  return rows.every((row) => isTable(row['items'])) ? 'items' : null;
}

/** The columns of all rows; nearly always those of the first. */
function columnsOf(rows: readonly Fields[]): string[] {
  const [first, ...others] = rows;
  const columns = Object.keys(first ?? {});
  for (const row of others) {
    for (const name of Object.keys(row)) if (!columns.includes(name)) columns.push(name);
  }
  return columns;
}

function heading(column: string, rows: readonly Fields[]): string {
  for (const row of rows) {
    const value = row[column];
    if (isTable(value)) return `${column}(${columnsOf(value).join(':')})`;
  }
  return column;
}

function cell(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '-';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(inCell).join(' | ');
  if (isFields(value)) {
    return Object.entries(value)
      .map(([name, child]) => `${name}=${cell(child)}`)
      .join(' ');
  }
  return JSON.stringify(value);
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
