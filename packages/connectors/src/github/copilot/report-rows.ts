import { parseOutsideJson } from '@adjutant/core/ports';
import { setImmediate } from 'node:timers/promises';

/** Rows after which timers and sockets get their turn. */
const rowsBetweenYields = 500;

export interface ReportRows {
  rows: unknown[];
  /** Lines that are no JSON: the file broke off, or is none of a report. */
  broken: number;
}

/** Returns the rows of a report: a value on each line, or one list. */
export async function readReportRows(text: string): Promise<ReportRows> {
  const whole = text.trimStart().startsWith('[') ? parse(text) : undefined;
  if (Array.isArray(whole)) return { rows: whole, broken: 0 };
  const rows: unknown[] = [];
  let broken = 0;
  let count = 0;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    const line = text.slice(start, end).trim();
    start = end + 1;
    if (line === '') continue;
    count += 1;
    if (count % rowsBetweenYields === 0) await setImmediate();
    const value = parse(line);
    if (value === undefined) broken += 1;
    else if (Array.isArray(value)) rows.push(...(value as unknown[]));
    else rows.push(value);
  }
  return { rows, broken };
}

function parse(text: string): unknown {
  try {
    return parseOutsideJson(text);
  } catch {
    return undefined;
  }
}
