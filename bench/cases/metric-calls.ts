import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MetricDefinition } from '@adjutant/core/domain';
import { z } from 'zod';
import { builtCommand } from '../built-command.ts';
import { startLineClient } from '../line-client.ts';
import { absolute, type BenchLine, time } from '../measure.ts';
import { seedEnd, seedStart } from '../seed-store.ts';

const calls = 20;
const limitMs = 300;
const answerSchema = z.object({
  result: z.object({
    isError: z.literal(true).optional(),
    structuredContent: z.unknown().optional(),
  }),
});

/** Every metric asked of the published command over MCP, on a store as large as it gets. */
export async function benchMetricCalls(
  folder: string,
  store: string,
  metrics: readonly MetricDefinition[],
): Promise<BenchLine[]> {
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'adjutant.config.yaml'), `store: ${store}\n`);
  const client = startLineClient([builtCommand(), 'mcp'], project);
  await client.request('initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '0.0.0' },
  });
  client.notify('notifications/initialized');
  const window = { from: dayText(seedStart), to: dayText(seedEnd) };
  const lines: BenchLine[] = [];
  for (const { id } of metrics) {
    const times: number[] = [];
    for (let call = 0; call < calls; call += 1) {
      times.push(
        await time(async () => {
          const request = { name: 'get_metric', arguments: { metric_id: id, ...window } };
          const { result } = answerSchema.parse(await client.request('tools/call', request));
          if (result.isError === true) throw new Error(`get_metric refused ${id}`);
        }),
      );
    }
    const p95 = times.toSorted((a, b) => a - b)[Math.ceil(calls * 0.95) - 1] ?? Number.NaN;
    lines.push(
      absolute(
        `get_metric ${id} of two years over MCP, p95`,
        `${p95.toFixed(0)} ms`,
        `below ${limitMs} ms`,
        p95 < limitMs,
      ),
    );
  }
  await client.close();
  return lines;
}

function dayText(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
