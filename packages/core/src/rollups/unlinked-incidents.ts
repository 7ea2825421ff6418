import type { Window } from '../domain.ts';
import { loadColumns } from '../metrics/load-columns.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { DeliveryPlaces } from './delivery-places.ts';
import { incidentMembers } from './group-members.ts';
import type { RollupGroup } from './rollup-groups.ts';
import type { ScopeMap } from './rollup-scopes.ts';

const incidents: RollupGroup = {
  key: 'incident createdAt',
  subject: 'incident',
  windowColumn: 'createdAt',
  definitions: [],
};

/** Returns what counts, scope by scope, the incidents of a week that no deployment is known to have caused. */
export async function countUnlinkedByScope(
  context: ReadContext,
  map: ScopeMap,
  places: DeliveryPlaces,
  span: Window,
): Promise<(week: Window) => Map<number, number>> {
  const [definition] = context.metrics.metrics;
  if (definition === undefined) return () => new Map();
  const columns = ['linkMethod', 'isExternal'] as never;
  const asked = { ...definition, subject: 'incident' as const, windowColumn: 'createdAt' as never };
  const loaded = await loadColumns(context, {
    definition: { ...asked, columns },
    window: span,
    repositoryExternalId: null,
  });
  const found = loaded.columns;
  const members = await incidentMembers(context, incidents, map, { places, span });
  return ({ from, to }) => {
    const counts = new Map<number, number>();
    for (let row = 0; row < loaded.length; row += 1) {
      const at = Number(found['createdAt']?.[row]);
      const isCounted = found['linkMethod']?.[row] === null && found['isExternal']?.[row] === false;
      if (at < from || at >= to || !isCounted) continue;
      for (const scope of members.scopesAt(found, row)) {
        counts.set(scope, (counts.get(scope) ?? 0) + 1);
      }
    }
    return counts;
  };
}
