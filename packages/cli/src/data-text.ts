import type { ArchiveSummary, ArchiveVerification, PurgeReport } from '@adjutant/core';
import { formatDay, formatNumber, plainText } from '@adjutant/insights';

/** Returns what a purge did, or would do, class by class. */
export function purgeText({ isDryRun, rows, classes }: PurgeReport): string {
  const lines = classes.flatMap(
    ({ class: id, days, before, rows: gone, tables, unread, archives }) => {
      const kept =
        days === null || before === null
          ? 'kept'
          : `${days} days, from before ${formatDay(before)}`;
      const parts = tables.filter((table) => table.rows > 0);
      return [
        `${id}  ${rowsText(gone)}  (${kept})`,
        ...parts.map((table) => `  ${table.table}  ${formatNumber(table.rows)}`),
        ...(unread === 0 ? [] : [`  ${formatNumber(unread)} older ones wait to be read, and stay`]),
        ...archives.map((archive) => `  archived as ${plainText(archive, 200)}`),
      ];
    },
  );
  const total = isDryRun ? `${rowsText(rows)} would go.` : `${rowsText(rows)} went.`;
  return [...lines, '', isDryRun ? `${total} Nothing was changed.` : total].join('\n');
}

function rowsText(count: number): string {
  return `${formatNumber(count)} ${count === 1 ? 'row' : 'rows'}`;
}

const stateWords = {
  stands: 'in the archive',
  restored: 'back in the store',
  left_over: 'left by a purge that was cut off; its rows are in the store',
  missing: 'gone',
  foreign: 'of another store',
} as const;

/** Returns the archives, a line each. */
export function archivesText(archives: readonly ArchiveSummary[]): string {
  if (archives.length === 0) return 'Nothing was archived.';
  return archives
    .map(({ archiveId, state, rows, from, to }) => {
      const when = from === null || to === null ? '' : `  ${formatDay(from)} to ${formatDay(to)}`;
      const size = rows === null ? 'unreadable' : rowsText(rows);
      return `${plainText(archiveId, 200)}  ${size}${when}  ${stateWords[state]}`;
    })
    .join('\n');
}

/** Returns what a check of the archives found. */
export function verificationText({ archives, files, rows, problems }: ArchiveVerification): string {
  const counted = `${formatNumber(archives)} archives, ${formatNumber(files)} files, ${rowsText(rows)}`;
  if (problems.length === 0) return `${counted}: as they were written.`;
  return [
    `${counted}: ${formatNumber(problems.length)} problems.`,
    ...problems.map(
      ({ archiveId, problem }) => `  ${plainText(archiveId, 200)}  ${plainText(problem, 300)}`,
    ),
  ].join('\n');
}
