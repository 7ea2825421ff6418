import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readCsv } from '../../../packages/connectors/src/testing/__fixtures__/read-csv.ts';
import { repositoryRoot } from '../../package-build/repository-root.ts';

const folder = join(repositoryRoot, '../shared/data/devlake');

/** Whether the recorded answers lie beside the repository: a clone of it alone has none. */
export function areRecordedHere(): boolean {
  return existsSync(folder);
}

/** One recorded answer, and what it was asked with. */
export interface Recorded {
  data: unknown;
  input: string;
}

/** Returns the answers of a recorded table. */
export function recordedIn(system: 'github' | 'jira' | 'pagerduty', table: string): Recorded[] {
  const lines = readCsv(readFileSync(join(folder, system, 'raw', `${table}.csv`), 'utf8'));
  // One table begins with an empty line.
  const [header = [], ...rows] = lines.filter((row) => row.length > 1);
  const at = header.indexOf('data');
  const inputAt = header.indexOf('input');
  return rows.map((row) => {
    const data: unknown = JSON.parse(row[at] ?? '');
    return { data, input: row[inputAt] ?? '' };
  });
}

const objectSchema = z.record(z.string(), z.unknown()).catch({});

/** Returns the fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return objectSchema.parse(value);
}
