import { eq, sql } from 'drizzle-orm';
import type { MetricDefinition } from '../domain.ts';
import { leadStream } from '../leads/lead-gap.ts';
import { allGaps } from '../reads/all-gaps.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { deleteRows, upsertRows } from '../store/bulk-write.ts';
import { queryTuples } from '../store/raw-query.ts';
import { tables } from '../store/tables.ts';
import { type ScopeMap, scopeName } from './rollup-scopes.ts';

const target = {
  table: tables.metricRollupGaps,
  key: ['metricId', 'scopeKind', 'scopeKey'],
};

/** Keeps which gaps touch each metric in each scope, as `readTouchingGaps` tells it for an answer. */
export async function refreshRollupGaps(
  context: ReadContext,
  definitions: readonly MetricDefinition[],
  map: ScopeMap,
): Promise<void> {
  const { store, workspaceId } = context;
  const gaps = await loadGaps(context, map);
  const wanted = new Map<
    string,
    { metricId: string; scopeKind: string; scopeKey: string; codes: string[] }
  >();
  for (const definition of definitions) {
    // Actions are written here: what a source left out cannot be missing among them.
    if (definition.subject === 'action') continue;
    const read = new Set<string>([
      definition.subject,
      ...(definition.alsoShown ?? []),
      ...definition.columns.map(String),
    ]);
    const touching = gaps.filter(({ touches }) => touches?.some((one) => read.has(one)) ?? true);
    if (touching.length === 0) continue;
    for (const [position, scope] of map.scopes.entries()) {
      const here = touching.filter(({ scopes }) => scopes?.has(position) ?? true);
      if (here.length === 0) continue;
      const codes = [...new Set(here.map(({ code }) => code))].toSorted();
      const place = { metricId: definition.id, scopeKind: scope.kind, scopeKey: scope.key };
      wanted.set(`${definition.id}\n${scopeName(scope)}`, { ...place, codes });
    }
  }
  const { metricRollupGaps } = tables;
  const present = await store.read
    .select()
    .from(metricRollupGaps)
    .where(eq(metricRollupGaps.workspaceId, workspaceId));
  const nameOf = (row: { metricId: string; scopeKind: string; scopeKey: string }): string =>
    `${row.metricId}\n${row.scopeKind} ${row.scopeKey}`;
  const kept = new Map(present.map((row) => [nameOf(row), JSON.stringify(row.codes)]));
  const gone = present.filter((row) => !wanted.has(nameOf(row)));
  const changed = [...wanted].filter(([name, row]) => kept.get(name) !== JSON.stringify(row.codes));
  if (gone.length === 0 && changed.length === 0) return;
  await store.transaction(async (transaction) => {
    await deleteRows(transaction, target, workspaceId, gone);
    await upsertRows(
      transaction,
      target,
      workspaceId,
      changed.map(([, row]) => row),
    );
  });
}

interface PlacedGap {
  code: string;
  /** Null where it touches whatever is read. */
  touches: string[] | null;
  /** Null where its scope is no repository: it touches every scope. */
  scopes: ReadonlySet<number> | null;
}

async function loadGaps({ store, workspaceId }: ReadContext, map: ScopeMap): Promise<PlacedGap[]> {
  const rows = await queryTuples<
    [string, string | null, string | null, string | null, string | null]
  >(
    store.read,
    sql`select g.code, g.touches, r.source, r.external_id, f.lead_repository_external_id
      from ${allGaps(workspaceId)} g
      left join repositories r on r.workspace_id = ${workspaceId} and r.source = g.source
        and r.external_id = g.scope_external_id
      left join repository_leads f on f.workspace_id = ${workspaceId} and f.source = g.source
        and f.repository_external_id = g.scope_external_id
      where f.source is null or g.stream = ${leadStream}`,
  );
  return rows.map(([code, touches, source, externalId, lead]) => {
    const place = { code, touches: touches === null ? null : toNames(touches) };
    if (source === null || externalId === null) return { ...place, scopes: null };
    const own = map.ofRow(source, externalId);
    const shown = lead === null ? [] : map.ofRepositoryId(lead);
    return { ...place, scopes: new Set([...own, ...shown]) };
  });
}

function toNames(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.map(String) : [];
}
