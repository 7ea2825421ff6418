/** Reads comma-separated values as a spreadsheet does. @source RFC 4180 */
export function readCsv(text: string): string[][] {
  const lines: string[][] = [];
  let fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y;
  while (field.lastIndex < text.length) {
    const [, quoted, plain = '', end] = field.exec(text) ?? [];
    if (end === undefined) throw new Error('That is no table.');
    fields.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',') {
      lines.push(fields);
      fields = [];
    }
  }
  return lines;
}
