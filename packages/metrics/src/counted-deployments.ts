import type { Columns, SubjectRows } from '@adjutant/core/domain';
import { productionOnly } from './production-only.ts';

/** Positions of the finished deployments to production with one of these results, and what to say of the choice. */
export function countedDeployments(
  columns: Columns<SubjectRows['deployment'], 'environment' | 'result' | 'finishedAt'>,
  results: readonly SubjectRows['deployment']['result'][],
): { counted: number[]; caveats: string[] } {
  const scope = productionOnly(columns.environment);
  const counted: number[] = [];
  for (let row = 0; row < columns.length; row += 1) {
    const result = columns.result[row];
    if (result === undefined || !results.includes(result)) continue;
    if ((columns.finishedAt[row] ?? null) === null) continue;
    if (scope.includes(columns.environment[row] ?? '')) counted.push(row);
  }
  return { counted, caveats: scope.caveats };
}

/** True for a deployment that an incident is held to come from, or that the next one took back. */
export function isFailed(
  columns: Columns<SubjectRows['deployment'], 'incidentCount' | 'rolledBackAt'>,
  row: number,
): boolean {
  return (columns.incidentCount[row] ?? 0) > 0 || (columns.rolledBackAt[row] ?? null) !== null;
}

/** Why nothing is said of failed deployments where no source shows incidents. */
export const noIncidentSource =
  'No source shows incidents, so which deployments failed is unknown; revert_share is a proxy that needs none.';

/** Why nothing is said of deployments where none counts. */
export const noSuccessfulDeployment =
  'No successful deployment to production is known in this window: none took place, or no source shows deployments.';

/** What every figure over failed deployments says of how they are known. */
export function linkCaveats(
  columns: Columns<SubjectRows['deployment'], 'incidentCount' | 'incidentLink'>,
  failed: readonly number[],
  unlinkedIncidents: number | null,
): string[] {
  const noun = failed.length === 1 ? 'failed deployment' : 'failed deployments';
  const of = (count: number): string => `${count} of ${failed.length} ${noun}`;
  const byTime = failed.filter((row) => columns.incidentLink[row] === 'time').length;
  const byRollback = failed.filter((row) => (columns.incidentCount[row] ?? 0) === 0).length;
  return [
    ...(byTime > 0
      ? [`${of(byTime)} known only by an incident of the same service within 72 hours.`]
      : []),
    ...(byRollback > 0 ? [`${of(byRollback)} known only by the rollback that took it back.`] : []),
    ...(unlinkedIncidents !== null && unlinkedIncidents > 0
      ? [
          `Incidents linked to no deployment cannot be counted here; this window has ${unlinkedIncidents}.`,
        ]
      : []),
  ];
}
