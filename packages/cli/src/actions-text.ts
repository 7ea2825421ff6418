import type { ActionSummary } from '@adjutant/core';
import { plainText } from '@adjutant/insights';
import { durationText } from './duration-text.ts';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

const idEnd = 8;

/** Returns the end of an action's id, which is enough to name it here. */
export function shortActionId(id: string): string {
  return id.slice(-idEnd);
}

/** Returns actions as a table, with what each waits for. */
export function actionsText(
  items: readonly ActionSummary[],
  total: number,
  now: number,
  output: Output,
): string {
  if (items.length === 0) return 'Nothing was proposed yet.';
  const rows = items.map((action) => [
    shortActionId(action.id),
    plainText(action.type, 40),
    plainText(action.targetRef ?? '', 60),
    action.risk ?? '',
    action.status.replaceAll('_', ' '),
    action.expiresAt === null || action.status !== 'pending'
      ? ''
      : durationText(action.expiresAt - now),
  ]);
  const columns = [
    { title: 'id' },
    { title: 'action', width: 22 },
    { title: 'target', width: Math.max(12, output.columns - 70) },
    { title: 'risk' },
    { title: 'state' },
    { title: 'left' },
  ];
  const more =
    total > items.length ? [`${total - items.length} more; add --status to narrow.`] : [];
  return [renderTable(output, columns, rows), ...more].join('\n');
}
