// The least that reading metric columns can cost: one statement, one JSON value per column.
import type { Client } from '@libsql/client';
import type { FloorColumns } from './metrics-floor.ts';

const weekMs = 604_800_000;
// Monday, 1 January 2024, 00:00 UTC.
const aMonday = 1_704_067_200_000;

export async function readFloorColumns(
  client: Client,
  window: { from: number; to: number },
): Promise<FloorColumns> {
  const names = ['deployed_at', 'total_ms', 'coding_ms', 'pickup_ms', 'review_ms', 'deploy_ms'];
  const { rows } = await client.execute({
    sql: `select ${names.map((name) => `json_group_array(${name})`).join(', ')}
          from pull_request_facts
          where workspace_id = 'default' and deployed_at >= ? and deployed_at < ?`,
    args: [window.from, window.to],
  });
  const [deployedAt, totalMs, ...stages] = names.map((_, position) => {
    const values = JSON.parse(rows[0]?.[position] as string) as (number | null)[];
    return Float64Array.from(values, (value) => value ?? Number.NaN);
  });
  const firstWeekStart = aMonday + Math.ceil((window.from - aMonday) / weekMs) * weekMs;
  return {
    deployedAt: deployedAt ?? new Float64Array(),
    totalMs: totalMs ?? new Float64Array(),
    stages,
    firstWeekStart,
    weekCount: Math.floor((window.to - firstWeekStart) / weekMs),
  };
}
