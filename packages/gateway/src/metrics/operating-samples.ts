import type { OperatingFigures } from '@adjutant/core';
import type { Sample } from './instruments.ts';
import { labelText } from './label-value.ts';

/** Returns what is stored and what waits as values of gauges. */
export function operatingSamples(figures: OperatingFigures, now: number): Sample[] {
  const { jobs, outbox, actionsByStatus, openSignals } = figures;
  return [
    ...figures.streams.flatMap((stream) => streamSamples(stream, now)),
    ...Object.entries(actionsByStatus).map(
      ([status, value]): Sample => ({ name: 'adjutant_actions', labels: { status }, value }),
    ),
    ...Object.entries(jobs).map(
      ([state, value]): Sample => ({ name: 'adjutant_jobs', labels: { state }, value }),
    ),
    ...Object.entries(outbox).map(
      ([state, value]): Sample => ({ name: 'adjutant_outbox_events', labels: { state }, value }),
    ),
    ...Object.entries(openSignals).map(
      ([severity, value]): Sample => ({
        name: 'adjutant_open_signals',
        labels: { severity },
        value,
      }),
    ),
    { name: 'adjutant_ledger_entries', value: figures.ledgerEntries },
    { name: 'adjutant_store_size_bytes', value: figures.storeBytes },
    { name: 'adjutant_figures_collected_timestamp_seconds', value: now / 1_000 },
  ];
}

function streamSamples(figures: OperatingFigures['streams'][number], now: number): Sample[] {
  const { scopes, unread, failing, oldestFinishedAt, longestMs } = figures;
  const labels = { source: labelText(figures.source), stream: labelText(figures.stream) };
  const seconds = (milliseconds: number | null): number | null =>
    milliseconds === null ? null : milliseconds / 1_000;
  const staleMs = oldestFinishedAt === null ? null : Math.max(0, now - oldestFinishedAt);
  return [
    { name: 'adjutant_sync_staleness_seconds', labels, value: seconds(staleMs) },
    { name: 'adjutant_sync_last_duration_seconds', labels, value: seconds(longestMs) },
    { name: 'adjutant_sync_scopes', labels, value: scopes },
    { name: 'adjutant_sync_scopes_unread', labels, value: unread },
    { name: 'adjutant_sync_scopes_failing', labels, value: failing },
  ];
}
