import type { SourceResult, StreamResult, SyncSummary } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { formatNumber, plainText } from '@adjutant/insights';
import type { Output } from './output.ts';
import { noticeLines, sourceLines } from './source-lines.ts';

/** Returns the first failure of a sync as an error; null where nothing failed. */
export function failureIn(summary: SyncSummary): AdjutantError | null {
  const failed = summary.streams.find(({ error }) => error !== null)?.error;
  if (failed === undefined || failed === null) return null;
  const code = errorCodes.find((known) => known === failed.code) ?? 'Upstream';
  return new AdjutantError(code, failed.message, failed.hint === null ? {} : { hint: failed.hint });
}

const errorCodes = [
  'InvalidInput',
  'Configuration',
  'Authentication',
  'Permission',
  'NotFound',
  'RateLimited',
  'Upstream',
  'Conflict',
  'StoreTooNew',
  'StoreBusy',
  'StoreCorrupt',
  'Internal',
] as const;

/** Returns a sync in a few lines: what was read per repository, what failed and what to do. */
export function syncSummaryText(summary: SyncSummary, { colors }: Output): string {
  const scopes = new Map<string, StreamResult[]>();
  for (const stream of summary.streams) {
    if (isToldOfSource(stream, summary.sources)) continue;
    const name = `${stream.source} ${plainText(stream.scope, 60)}`.trim();
    scopes.set(name, [...(scopes.get(name) ?? []), stream]);
  }
  const lines = [...scopes].map(([name, streams]) => scopeLine(name, streams, colors));
  const seconds = formatNumber(summary.durationMs / 1000, 1);
  const { weeksComputed } = summary;
  const weeks = weeksComputed === 0 ? '' : `, ${formatNumber(weeksComputed)} weeks computed`;
  const total = `${formatNumber(summary.records)} records read, ${formatNumber(summary.rowsChanged)} rows changed${weeks}, ${seconds} s`;
  const notices = noticeLines(summary.sources, { colors });
  return [...lines, ...notices, ...sourceLines(summary.sources), total].join('\n');
}

/** Whether the notice of the source says it already: once, and not once for each repository. */
function isToldOfSource(
  { source, outcome, error }: StreamResult,
  sources: readonly SourceResult[],
): boolean {
  if (outcome === 'refused') return true;
  const notice = sources.find((one) => one.source === source)?.notice ?? null;
  return error !== null && notice !== null && error.message === notice.message;
}

function scopeLine(
  name: string,
  streams: readonly StreamResult[],
  colors: Output['colors'],
): string {
  const records = streams.reduce((sum, stream) => sum + stream.records, 0);
  const failed = streams.find(({ error }) => error !== null);
  if (failed?.error) {
    const { message, hint } = failed.error;
    const next = hint === null ? '' : `\n  ${plainText(hint, 400)}`;
    return `${colors.red('✗')} ${name}: ${plainText(message, 400)}${next}`;
  }
  const skipped = streams.some(({ outcome }) => outcome === 'skipped');
  if (skipped) return `${colors.yellow('–')} ${name}: another process is reading it just now`;
  if (streams.some(({ outcome }) => outcome === 'interrupted')) {
    return `${colors.yellow('–')} ${name}: stopped after ${formatNumber(records)} records; what was read is kept`;
  }
  return `${colors.green('✓')} ${name}: ${records === 0 ? 'nothing new' : `${formatNumber(records)} records`}`;
}
