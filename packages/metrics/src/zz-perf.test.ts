import { test } from 'vitest';
import { sql } from '../../core/node_modules/drizzle-orm';
import { openStore } from '../../core/src/store/open-store.ts';
import { upsertRows } from '../../core/src/store/bulk-write.ts';
import { domainTargets } from '../../core/src/store/domain-targets.ts';
import { statusSpanSubject } from '../../core/src/metrics/subjects/status-span-subject.ts';
import { queryTuples } from '../../core/src/store/raw-query.ts';
import { loadColumns } from '../../core/src/metrics/load-columns.ts';
import { buildWorkItem } from '../../core/src/testing/row-builders.ts';
import { allMetrics } from './index.ts';
test('perf', async () => {
  const store = await openStore(':memory:');
  const t0 = Date.UTC(2025, 0, 1);
  const names = ['Backlog', 'Doing', 'Review', 'Blocked', 'Doing', 'Done'];
  for (let b = 0; b < 20; b += 1) {
    const items = []; const changes = [];
    for (let i = 0; i < 2500; i += 1) {
      const n = b * 2500 + i; const c = t0 + n * 1_000_000; const key = 'i' + n;
      items.push(buildWorkItem({ source: 's', externalId: key, key, kind: 'story', statusCategory: 'done', originalStatus: 'Done', createdAt: c, startedAt: c + 1e6, doneAt: c + 5e8 }));
      for (let k = 1; k < 6; k += 1) changes.push({ source: 's', externalId: key + '-' + k, workItemExternalId: key, field: 'status', fromValue: names[k-1] ?? null, toValue: names[k] ?? null, actorAccountExternalId: null, at: k === 5 ? c + 5e8 : c + k * 1e6 });
    }
    await store.transaction(async (t) => { await upsertRows(t, domainTargets.workItems, 'default', items); await upsertRows(t, domainTargets.workItemChanges, 'default', changes); });
  }
  const context = { store, workspaceId: 'default', viewer: { kind: 'system' }, teamId: null, clock: { now: () => t0 + 5e10 }, metrics: allMetrics, settings: { activeStatuses: ['Doing'] } } as never;
  const window = { from: 0, to: 8e15 };
  const subject = await statusSpanSubject(context, window, []);
  const time = async (name: string, f: () => Promise<unknown>) => { const s = performance.now(); await f(); console.log(name, Math.round(performance.now() - s)); };
  await time('count', () => queryTuples(store.read, sql`select count(*), sum(span_from), count(category) from ${subject.from}`));
  for (const id of ['wip', 'flow_efficiency']) {
  const wip = allMetrics.metrics.find((m) => m.id === id);
  await time('load ' + id, async () => { await loadColumns(context, { definition: wip, window: { from: t0 + 4e10, to: t0 + 5e10 }, repositoryExternalId: null } as never); });
  }
  console.log((await queryTuples(store.read, sql`explain query plan select * from ${subject.from}`)).map((r) => r[3]).join('\n'));
}, 200_000);
