import type { SourceStatus, StreamStatus, SyncStatus } from '@adjutant/core';
import { countOf, formatMinute, plainText } from '@adjutant/insights';
import { freshnessText, gapLines } from './answer-notes.ts';
import type { Output } from './output.ts';
import { noticeLines, sourceLines } from './source-lines.ts';
import { renderTable } from './table.ts';

/** Returns where every stream stands, what is stored, what is missing and who reads. */
export function statusText(status: SyncStatus, output: Output): string {
  const { streams, sources, worker, meta, pendingRefresh } = status;
  const worked = worker.running
    ? 'A process keeps it fresh.'
    : `No process keeps it fresh. To start one: ${worker.start}`;
  return [
    freshnessText(meta),
    ...(streams.length === 0 ? [] : ['', streamTable(streams, output)]),
    ...noticeLines(sources, output),
    ...failures(streams, output),
    ...usage(sources),
    '',
    rowsText(status.rowCounts),
    ...gapLines(meta, output),
    '',
    worked,
    ...(pendingRefresh ? ['A refresh was asked for and waits for that process.'] : []),
  ].join('\n');
}

function streamTable(streams: readonly StreamStatus[], output: Output): string {
  const rows = streams.map(({ source, scope, stream, complete, lastFinishedAt, lastError }) => [
    `${plainText(source, 12)} ${plainText(scope, 200)}`,
    plainText(stream, 20),
    lastError !== null ? 'failed' : complete ? 'complete' : 'not finished',
    lastFinishedAt === null ? 'never' : formatMinute(lastFinishedAt),
  ]);
  const columns = [
    { title: 'source', width: output.columns - 46 },
    { title: 'stream', width: 12 },
    { title: 'state' },
    { title: 'last read (UTC)' },
  ];
  return renderTable(output, columns, rows);
}

function failures(streams: readonly StreamStatus[], { colors }: Output): string[] {
  return streams.flatMap(({ scope, lastError }) =>
    lastError === null
      ? []
      : [`${colors.red('✗')} ${plainText(scope, 60)}: ${plainText(lastError, 300)}`],
  );
}

function usage(sources: readonly SourceStatus[]): string[] {
  const lines = sources.flatMap((one) =>
    sourceLines([one]).map((line) => `${line} (${formatMinute(one.updatedAt)} UTC)`),
  );
  return lines.length === 0 ? [] : ['', 'Asked in the last pass:', ...lines];
}

const storedRows: readonly [table: string, singular: string, plural?: string][] = [
  ['repositories', 'repository', 'repositories'],
  ['commits', 'commit'],
  ['pull_requests', 'pull request'],
  ['releases', 'release'],
  ['deployments', 'deployment'],
  ['accounts', 'account'],
];

function rowsText(counts: Readonly<Record<string, number>>): string {
  const parts = storedRows.map(([table, singular, plural]) =>
    countOf(counts[table] ?? 0, singular, plural),
  );
  return `Stored: ${parts.slice(0, 3).join(', ')},\n        ${parts.slice(3).join(', ')}`;
}
