type Values = Record<string, unknown>;

/** Pairs of days of which the second comes after the first. */
const pairs = [
  ['from', 'to'],
  ['fromDay', 'toDay'],
  ['beforeFrom', 'beforeTo'],
  ['afterFrom', 'afterTo'],
] as const;
/** What a figure is narrowed by: of several at once some are refused, because of people. */
const byPlace = ['service', 'repository', 'team'] as const;
/** Only rows of changes have these. */
const byChange = ['label', 'workType', 'person', 'authors'] as const;

/**
 * Returns a query with what no schema can say put right: days in their order, no two filters that do
 * not go together, and of two words of which one is needed, one.
 */
export function consistentQuery(operationId: string, given: Values): Values {
  const query = { ...given };
  if (operationId !== 'briefs.get') {
    for (const [first, second] of pairs) putInOrder(query, first, second);
  }
  if ('from' in query) delete query['days'];
  if (operationId.startsWith('metrics.')) keepOneFilter(operationId, query);
  if (operationId === 'forecast.get' && !('until' in query)) query['items'] ??= 5;
  return query;
}

/** Returns a body with what no schema can say put right: a report says something. */
export function consistentBody(operationId: string, given: Values): Values {
  if (operationId === 'reports.submit' && typeof given['did'] !== 'string') {
    return { ...given, did: 'Something.' };
  }
  if (operationId === 'projects.update' && Object.keys(given).length === 0) {
    return { name: 'Gadgets' };
  }
  return given;
}

function keepOneFilter(operationId: string, query: Values): void {
  // A metric by name may be of any rows; only with days it is tried whether it is of changes.
  const mayBeOfChanges = operationId === 'metrics.dora.lead-time' || 'days' in query;
  const isOfOthers = operationId.startsWith('metrics.dora.') && !operationId.endsWith('lead-time');
  const names = [...byPlace, ...byChange].filter((name) => name in query);
  const kept = names.find(
    (name) => (mayBeOfChanges && !isOfOthers) || byPlace.some((candidate) => candidate === name),
  );
  for (const name of names) if (name !== kept) delete query[name];
}

function putInOrder(query: Values, first: string, second: string): void {
  const [one, other] = [query[first], query[second]];
  if (one === undefined && other === undefined) return;
  if (typeof one !== 'string' || typeof other !== 'string') {
    query[first] = '2026-09-01';
    query[second] = '2026-10-20';
    return;
  }
  const [earlier = one, later = other] = [one, other].toSorted();
  query[first] = earlier;
  query[second] = earlier === later ? dayAfter(later) : later;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
