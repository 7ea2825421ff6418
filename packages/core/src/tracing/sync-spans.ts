import type { SourceResult, StreamResult, SyncOptions, SyncSummary } from '../adjutant.ts';
import { inSpan, type Tracing } from './in-span.ts';

/** Makes a pass over all sources in a span. */
export function inSyncSpan(
  tracing: Tracing,
  { mode = 'auto', hinted = false }: SyncOptions,
  work: () => Promise<SyncSummary>,
): Promise<SyncSummary> {
  const attributes = { 'adjutant.sync.mode': mode, 'adjutant.sync.hinted': hinted };
  return inSpan(tracing, 'sync', { attributes }, async (notes) => {
    const summary = await work();
    notes.set({
      'adjutant.sync.records': summary.records,
      'adjutant.sync.rows_changed': summary.rowsChanged,
      'adjutant.sync.streams_failed': failedOf(summary.streams).length,
    });
    return summary;
  });
}

/** Reads one source in a span. Its notice is what keeps all of it from being read. */
export function inSourceSpan<Pass extends { streams: StreamResult[]; source: SourceResult } | null>(
  tracing: Tracing,
  source: string,
  work: () => Promise<Pass>,
): Promise<Pass> {
  const attributes = { 'adjutant.source': source };
  return inSpan(tracing, 'sync.source', { attributes }, async (notes) => {
    const pass = await work();
    if (pass === null) return pass;
    notes.set({
      'adjutant.sync.records': pass.streams.reduce((sum, { records }) => sum + records, 0),
      'adjutant.sync.rows_changed': pass.streams.reduce((sum, one) => sum + one.rowsChanged, 0),
      'adjutant.sync.requests': pass.source.requests,
      'adjutant.sync.streams_failed': failedOf(pass.streams).length,
    });
    if (pass.source.notice !== null) notes.fail(pass.source.notice.code);
    return pass;
  });
}

/**
 * Reads a turn of one stream of one scope in a span: null where it goes on at its next turn. The
 * scope stays unnamed, because a repository's name is nobody else's business.
 */
export function inStreamSpan(
  tracing: Tracing,
  { source, stream }: { source: string; stream: string },
  tally: Readonly<{ records: number; rowsChanged: number }>,
  work: () => Promise<StreamResult | null>,
): Promise<StreamResult | null> {
  const attributes = { 'adjutant.source': source, 'adjutant.stream': stream };
  return inSpan(tracing, 'sync.stream', { attributes }, async (notes) => {
    const before = { ...tally };
    const result = await work();
    notes.set({
      'adjutant.sync.outcome': result?.outcome ?? 'turn_over',
      'adjutant.sync.records': tally.records - before.records,
      'adjutant.sync.rows_changed': tally.rowsChanged - before.rowsChanged,
    });
    if (result !== null && result.error !== null) notes.fail(result.error.code);
    return result;
  });
}

function failedOf(streams: readonly StreamResult[]): StreamResult[] {
  return streams.filter(({ outcome }) => outcome === 'failed');
}
