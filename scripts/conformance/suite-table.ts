/** One suite of one revision, as it ended and as it must end. */
export interface SuiteRow {
  title: string;
  revision: string;
  /** What has not one failing check. */
  passed: number;
  mustPass: number;
  /** What fails as it must, each with the reason. */
  failedAsExpected: string[];
  mustFail: number;
  warnedAsExpected: string[];
  /** What failed and should not have, or did not fail and should have. */
  unexpected: string[];
}

const heading = ['suite', 'revision', 'passed', 'must be', 'expected failures', 'must be'];

/** Returns the rows as a table, then what is expected to fail and why, then what went wrong. */
export function suiteTable(rows: readonly SuiteRow[]): string {
  const cells = rows.map((row) => [
    ...[row.title, row.revision, row.passed, row.mustPass],
    ...[row.failedAsExpected.length, row.mustFail, row.unexpected.length, 0],
  ]);
  const lines = rows.flatMap((row) => [
    ...row.failedAsExpected.map((line) => `fails as it must: ${row.revision} ${line}`),
    ...row.warnedAsExpected.map((line) => `warns as it must: ${row.revision} ${line}`),
    ...row.unexpected.map((line) => `UNEXPECTED: ${row.revision} ${line}`),
  ]);
  const table = aligned([
    [...heading, 'unexpected', 'must be'],
    ...cells.map((row) => row.map(String)),
  ]);
  return [table, ...lines].join('\n');
}

/** Whether a suite ended as it must. */
export function isAsItMustBe(row: SuiteRow): boolean {
  return (
    row.unexpected.length === 0 &&
    row.failedAsExpected.length === row.mustFail &&
    row.passed === row.mustPass &&
    row.mustPass > 0
  );
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
