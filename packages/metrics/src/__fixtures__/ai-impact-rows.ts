import type { AiClass, AiImpactRow } from '@adjutant/core/domain';

/** Returns a merged pull request of which nothing is known but what is given. */
export function impactRow(fields: Partial<AiImpactRow> = {}): AiImpactRow {
  return {
    aiClass: 'unknown',
    authorKey: null,
    hours: null,
    repository: 'widgets',
    sizeLines: null,
    workType: null,
    wasReverted30d: null,
    reworkRounds: null,
    mergedWithoutReview: null,
    mergedAt: null,
    isOpen: false,
    ...fields,
  };
}

/** Returns so many pull requests of a class, spread over so many authors named after it. */
export function impactRows(
  aiClass: AiClass,
  count: number,
  people: number,
  fields: (place: number) => Partial<AiImpactRow> = () => ({}),
): AiImpactRow[] {
  return Array.from({ length: count }, (_, place) =>
    impactRow({ aiClass, authorKey: `${aiClass}-${place % people}`, ...fields(place) }),
  );
}
